{{- define "chassis.validate" -}}{{- end -}}
