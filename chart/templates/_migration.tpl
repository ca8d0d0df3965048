{{/*
The annotations of a hook that runs before anything of the release exists or changes. The Job's
helpers are copies of its own, for the release's objects do not exist yet on a first install and
are still the old ones on an upgrade.
*/}}
{{- define "chassis.migrationHook" -}}
helm.sh/hook: pre-install,pre-upgrade
helm.sh/hook-weight: {{ quote .weight }}
helm.sh/hook-delete-policy: {{ .delete }}
{{- end -}}

{{- define "chassis.migrationHelperHook" -}}
{{- include "chassis.migrationHook" (dict "weight" . "delete" "before-hook-creation,hook-succeeded,hook-failed") -}}
{{- end -}}

{{- define "chassis.migrationName" -}}
{{- include "chassis.fullname" . }}-migrate
{{- end -}}

{{/* An account that the chart does not make exists already, so the Job may use it. */}}
{{- define "chassis.migrationAccount" -}}
{{- if .Values.serviceAccount.create }}{{ include "chassis.migrationName" . }}{{ else }}{{ include "chassis.serviceAccountName" . }}{{ end -}}
{{- end -}}

{{- define "chassis.migrationLabels" -}}
{{- include "chassis.labels" (dict "root" . "component" "migration" "part" "migrate") -}}
{{- end -}}

{{- define "chassis.migrationSelector" -}}
{{- toYaml (dict "app.kubernetes.io/name" (printf "%s-migrate" (include "chassis.name" .)) "app.kubernetes.io/instance" .Release.Name) -}}
{{- end -}}
