{{/* The bounds of a scrape, as far as they are set. */}}
{{- define "chassis.scrapeLimits" -}}
{{- range $name := list "sampleLimit" "targetLimit" "labelLimit" "labelValueLengthLimit" -}}
{{- with get $.Values.serviceMonitor $name | int64 }}
{{ $name }}: {{ . }}
{{- end }}
{{- end }}
{{- end -}}

{{/* How pods are scraped. The job is called like the Service, whichever object finds the pods. */}}
{{- define "chassis.scrapeEndpoint" -}}
{{- $monitor := .Values.serviceMonitor -}}
{{- $relabelings := $monitor.relabelings -}}
{{- if eq $monitor.kind "PodMonitor" -}}
{{- $relabelings = prepend $relabelings (dict "targetLabel" "job" "replacement" (include "chassis.fullname" .)) -}}
{{- end -}}
- port: http
  path: /metrics
  interval: {{ $monitor.interval }}
  scrapeTimeout: {{ $monitor.scrapeTimeout }}
  honorLabels: false
  {{- with $monitor.metricRelabelings }}
  metricRelabelings:
    {{- toYaml . | nindent 4 }}
  {{- end }}
  {{- with $relabelings }}
  relabelings:
    {{- toYaml . | nindent 4 }}
  {{- end }}
{{- end -}}

{{/* What all metrics are called first; the exporter has no dashes in names. */}}
{{- define "chassis.metricPrefix" -}}
{{- .Values.metrics.prefix | replace "-" "_" -}}
{{- end -}}

{{/* The labels of the application's own series, as PromQL selects by them. */}}
{{- define "chassis.series" -}}
{{- printf "job=%q,namespace=%q" (include "chassis.fullname" .) (include "chassis.namespace" .) -}}
{{- end -}}

{{/* The labels of the application's pods in kube-state-metrics. */}}
{{- define "chassis.podSeries" -}}
{{- $names := ternary "[0-9]+" "[a-z0-9]+-[a-z0-9]{5}" (eq (include "chassis.workloadKind" .) "StatefulSet") -}}
{{- printf "namespace=%q,pod=~%q" (include "chassis.namespace" .) (printf "%s-%s" (include "chassis.fullname" .) $names) -}}
{{- end -}}

{{/* One alert. Takes root, name, expr, minutes, severity, summary and description. */}}
{{- define "chassis.alert" -}}
{{- list (dict
  "alert" .name
  "expr" .expr
  "for" (printf "%dm" (int64 .minutes))
  "labels" (dict "severity" .severity "service" (include "chassis.fullname" .root))
  "annotations" (dict "summary" .summary "description" .description)
) | toYaml }}
{{- end -}}

{{/* The Grafana dashboard, as JSON. */}}
{{- define "chassis.dashboard" -}}
{{- $name := include "chassis.fullname" . -}}
{{- $namespace := include "chassis.namespace" . -}}
{{- .Files.Get "files/dashboard.json"
  | replace "__UID__" (printf "%s/%s" $namespace $name | sha256sum | trunc 16)
  | replace "__PREFIX__" (include "chassis.metricPrefix" .)
  | replace "__JOB__" $name
  | replace "__NAMESPACE__" $namespace
  | replace "\"__TITLE__\"" (toJson .Values.app.name)
  | trim -}}
{{- end -}}
