{{/* A quantity in thousandths, to compare two of one kind. */}}
{{- define "chassis.thousandths" -}}
{{- $units := dict "m" 1 "" 1000 "k" 1000000 "M" 1000000000 "G" 1000000000000 "T" 1000000000000000 "P" 1000000000000000000 "Ki" 1024000 "Mi" 1048576000 "Gi" 1073741824000 "Ti" 1099511627776000 "Pi" 1125899906842624000 -}}
{{- $suffix := regexFind "[A-Za-z]*$" . -}}
{{- $unit := get $units $suffix | int64 -}}
{{- $parts := trimSuffix $suffix . | splitList "." -}}
{{- $fraction := printf "%s000" (slice $parts 1 | join "") | trunc 3 -}}
{{- add (mul (first $parts | atoi) $unit) (div (mul (atoi $fraction) $unit) 1000) -}}
{{- end -}}

{{/*
What the application's container asks for and may use: the preset, and over it, key by key, what is
given. A preset leaves a core to each worker: with less, every request would wait. A request above its limit would be refused by the cluster; where only one of the two was
given, the preset's other one follows it.
*/}}
{{- define "chassis.resources" -}}
{{- $presets := dict
  "nano" (list "50m" "64Mi" "128Mi" "1Gi" 1)
  "micro" (list "100m" "128Mi" "256Mi" "1Gi" 1)
  "small" (list "100m" "256Mi" "512Mi" "2Gi" 1)
  "medium" (list "250m" "512Mi" "1Gi" "2Gi" 1)
  "large" (list "500m" "1Gi" "2Gi" "4Gi" 1)
  "xlarge" (list "1000m" "2Gi" "4Gi" "8Gi" 2)
  "2xlarge" (list "2000m" "4Gi" "8Gi" "16Gi" 4)
-}}
{{- $requests := dict -}}
{{- $limits := dict -}}
{{- with get $presets .Values.resourcePreset -}}
{{- $requests = dict "cpu" (index . 0) "memory" (index . 1) "ephemeral-storage" "50Mi" -}}
{{- $limits = dict "cpu" (max (index . 4) (int64 $.Values.app.workers) | toString) "memory" (index . 2) "ephemeral-storage" (index . 3) -}}
{{- end -}}
{{- $given := include "chassis.givenResources" . | fromYaml -}}
{{- range $name, $quantity := $given.requests -}}
{{- $_ := set $requests $name $quantity -}}
{{- end -}}
{{- range $name, $quantity := $given.limits -}}
{{- $_ := set $limits $name $quantity -}}
{{- end -}}
{{- range $name, $request := deepCopy $requests -}}
{{- $limit := get $limits $name -}}
{{- if $limit -}}
{{- if gt (include "chassis.thousandths" $request | int64) (include "chassis.thousandths" $limit | int64) -}}
{{- if hasKey $given.limits $name -}}
{{- $_ := set $requests $name $limit -}}
{{- else -}}
{{- $_ := set $limits $name $request -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- $resources := dict -}}
{{- if $requests }}{{ $_ := set $resources "requests" $requests }}{{ end -}}
{{- if $limits }}{{ $_ := set $resources "limits" $limits }}{{ end -}}
{{- toYaml $resources -}}
{{- end -}}

{{/* The resources that are given and not empty, as texts. */}}
{{- define "chassis.givenResources" -}}
{{- $given := dict "requests" dict "limits" dict -}}
{{- range $side := list "requests" "limits" -}}
{{- range $name, $quantity := get ($.Values.resources | default dict) $side | default dict -}}
{{- $text := include "chassis.text" $quantity -}}
{{- if $text -}}
{{- $_ := set (get $given $side) $name $text -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- toYaml $given -}}
{{- end -}}
