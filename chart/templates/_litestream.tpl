{{/* Litestream's configuration: one file and one copy of it, which restoring reads as well as replicating. */}}
{{- define "chassis.litestreamConfig" -}}
{{- $given := .Values.litestream.replica -}}
{{- $replica := dict -}}
{{- if $given.url -}}
{{- $replica = dict "url" $given.url -}}
{{- else -}}
{{- $replica = dict "type" $given.type "bucket" $given.bucket "path" $given.path -}}
{{- end -}}
{{- $_ := set $replica "endpoint" $given.endpoint -}}
{{- $_ := set $replica "region" $given.region -}}
{{- $_ := set $replica "retention" $given.retentionDuration -}}
{{- $_ := set $replica "sync-interval" $given.syncInterval -}}
{{- range $key, $value := deepCopy $replica -}}
{{- if not $value -}}
{{- $_ := unset $replica $key -}}
{{- end -}}
{{- end -}}
{{- toYaml (dict "dbs" (list (dict "path" (include "chassis.sqliteFile" .) "replicas" (list $replica)))) -}}
{{- end -}}

{{/* What both Litestream containers share. */}}
{{- define "chassis.litestreamContainer" -}}
image: {{ include "chassis.image" (dict "root" . "image" .Values.litestream.image "tag" .Values.litestream.image.tag) | quote }}
imagePullPolicy: Always
{{- with .Values.litestream.env }}
env:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .Values.litestream.existingSecret }}
envFrom:
  - secretRef:
      name: {{ quote . }}
{{- end }}
{{- with include "chassis.litestreamResources" . }}
resources:
  {{- . | nindent 2 }}
{{- end }}
securityContext:
  {{- include "chassis.containerSecurityContext" . | nindent 2 }}
volumeMounts:
  - name: litestream
    mountPath: /etc/litestream.yml
    subPath: litestream.yml
    readOnly: true
  - name: data
    mountPath: /app/data
  - name: tmp
    mountPath: /tmp
{{- end -}}

{{- define "chassis.litestreamResources" -}}
{{- $resources := dict -}}
{{- range $side := list "requests" "limits" -}}
{{- $quantities := dict -}}
{{- range $name, $quantity := get ($.Values.litestream.resources | default dict) $side | default dict -}}
{{- $text := include "chassis.text" $quantity -}}
{{- if $text }}{{ $_ := set $quantities $name $text }}{{ end -}}
{{- end -}}
{{- if $quantities }}{{ $_ := set $resources $side $quantities }}{{ end -}}
{{- end -}}
{{- if $resources }}{{ toYaml $resources }}{{ end -}}
{{- end -}}

{{/*
Restores an empty volume, then replicates beside the application. As an init container that is
always restarted, the second one ends after the application, so the last changes are copied too.
The file is taken as it stands: a dollar sign in a bucket or path is no variable.
*/}}
{{- define "chassis.litestreamContainers" -}}
- name: litestream-restore
  args: ["restore", "-no-expand-env", "-if-db-not-exists", "-if-replica-exists", "-config", "/etc/litestream.yml", {{ include "chassis.sqliteFile" . | quote }}]
  {{- include "chassis.litestreamContainer" . | nindent 2 }}
- name: litestream
  restartPolicy: Always
  args: ["replicate", "-no-expand-env", "-config", "/etc/litestream.yml"]
  {{- include "chassis.litestreamContainer" . | nindent 2 }}
{{- end -}}
