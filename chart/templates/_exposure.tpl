{{/* Seconds that whatever stands in front waits: longer than the application, whose own 504 then is what callers get. */}}
{{- define "chassis.proxyTimeout" -}}
{{- add (int64 .Values.app.requestTimeout) 5 -}}
{{- end -}}

{{/* "true" when requests from outside come through an Ingress or a Gateway. */}}
{{- define "chassis.isRouted" -}}
{{- if or .Values.ingress.enabled .Values.httpRoute.enabled }}true{{ end -}}
{{- end -}}

{{/* "true" when everything that routes requests serves HTTPS. */}}
{{- define "chassis.servesTls" -}}
{{- if and (include "chassis.isRouted" .) (or (not .Values.ingress.enabled) .Values.ingress.tls) (or (not .Values.httpRoute.enabled) .Values.httpRoute.tls) }}true{{ end -}}
{{- end -}}

{{/* "true" when somebody from outside reaches /metrics. */}}
{{- define "chassis.metricsArePublic" -}}
{{- if .Values.metrics.enabled -}}
{{- if or (and .Values.ingress.enabled (not (has "/metrics" .Values.ingress.closedPaths))) (and .Values.httpRoute.enabled (has "/" .Values.httpRoute.paths) (not (has "/metrics" .Values.httpRoute.closedPaths))) }}true{{ end -}}
{{- end -}}
{{- end -}}

{{/* The name of what belongs to the closed paths. */}}
{{- define "chassis.closedName" -}}
{{- include "chassis.fullname" . }}-closed
{{- end -}}

{{/* "true" when closed paths need an Ingress of their own; an AWS load balancer answers them by an action. */}}
{{- define "chassis.closesApart" -}}
{{- if and .Values.ingress.enabled .Values.ingress.closedPaths (ne .Values.ingress.controller "alb") }}true{{ end -}}
{{- end -}}

{{/* What makes a controller refuse everyone on the closed paths, as YAML. */}}
{{- define "chassis.closingAnnotations" -}}
{{- $controller := .Values.ingress.controller -}}
{{- if eq $controller "traefik" -}}
traefik.ingress.kubernetes.io/router.middlewares: {{ printf "%s-%s@kubernetescrd" (include "chassis.namespace" .) (include "chassis.closedName" .) }}
{{- else if eq $controller "haproxy" -}}
haproxy.org/deny-list: "0.0.0.0/0,::/0"
{{- else if eq $controller "ingress-nginx" -}}
nginx.ingress.kubernetes.io/whitelist-source-range: 127.0.0.1/32
{{- end -}}
{{- end -}}

{{/* The annotations of the Ingress: those given win over those that lead to objects of this chart. */}}
{{- define "chassis.ingressAnnotations" -}}
{{- $own := dict -}}
{{- if and (eq .Values.ingress.controller "alb") .Values.ingress.closedPaths -}}
{{- $_ := set $own "alb.ingress.kubernetes.io/actions.closed" "{\"type\":\"fixed-response\",\"fixedResponseConfig\":{\"contentType\":\"text/plain\",\"statusCode\":\"404\"}}" -}}
{{- else if eq .Values.ingress.controller "gce" -}}
{{- $_ := set $own "networking.gke.io/v1beta1.FrontendConfig" (include "chassis.fullname" .) -}}
{{- end -}}
{{- with merge (dict) .Values.ingress.annotations $own -}}
{{- include "chassis.strings" . -}}
{{- end -}}
{{- end -}}

{{/* The annotations of the Service. */}}
{{- define "chassis.serviceAnnotations" -}}
{{- $own := dict -}}
{{- if and .Values.ingress.enabled (eq .Values.ingress.controller "gce") -}}
{{- $_ := set $own "cloud.google.com/neg" "{\"ingress\":true}" -}}
{{- $_ := set $own "cloud.google.com/backend-config" (dict "default" (include "chassis.fullname" .) | toJson) -}}
{{- end -}}
{{- with merge (dict) .Values.service.annotations $own -}}
{{- include "chassis.strings" . -}}
{{- end -}}
{{- end -}}

{{/* The tls of an Ingress. */}}
{{- define "chassis.ingressTls" -}}
{{- with .Values.ingress.tls }}
tls:
  {{- range . }}
  - hosts:
      {{- range .hosts | default (include "chassis.ingressHosts" $ | fromJsonArray) }}
      - {{ quote . }}
      {{- end }}
    {{- with .secretName }}
    secretName: {{ quote . }}
    {{- end }}
  {{- end }}
{{- end }}
{{- end -}}

{{/* The backend of a path that leads to the application. */}}
{{- define "chassis.ingressBackend" -}}
backend:
  service:
    name: {{ include "chassis.fullname" . | toYaml }}
    port:
      name: http
{{- end -}}

{{/* Path prefixes as the matches of a route. */}}
{{- define "chassis.pathMatches" -}}
{{- range . }}
- path:
    type: PathPrefix
    value: {{ quote . }}
{{- end }}
{{- end -}}
