{{/* The host names of the ingress, as JSON. */}}
{{- define "chassis.ingressHosts" -}}
{{- $hosts := list -}}
{{- range .Values.ingress.hosts -}}
{{- $hosts = append $hosts .host -}}
{{- end -}}
{{- uniq $hosts | toJson -}}
{{- end -}}

{{/* The namespaces whose pods may call, beside the application's own, as JSON. */}}
{{- define "chassis.callingNamespaces" -}}
{{- $namespaces := .Values.networkPolicy.ingressNamespaces -}}
{{- if .Values.metrics.enabled -}}
{{- $namespaces = append $namespaces .Values.networkPolicy.monitoringNamespace -}}
{{- end -}}
{{- compact $namespaces | uniq | toJson -}}
{{- end -}}

{{/* Cluster DNS, and the cache that some clusters run on every node. */}}
{{- define "chassis.egressToDns" -}}
- to:
    - namespaceSelector:
        matchLabels:
          kubernetes.io/metadata.name: kube-system
      podSelector:
        matchLabels:
          k8s-app: kube-dns
    - ipBlock:
        cidr: 169.254.20.10/32
  ports:
    - protocol: UDP
      port: 53
    - protocol: TCP
      port: 53
{{- end -}}

{{/* One egress rule. Takes port and, to narrow it, cidr. */}}
{{- define "chassis.egressTo" -}}
- ports:
    - protocol: TCP
      port: {{ .port }}
  {{- with .cidr }}
  to:
    - ipBlock:
        cidr: {{ include "chassis.cidr" . }}
  {{- end }}
{{- end -}}

{{/* The port of the database server; none for SQLite. */}}
{{- define "chassis.databasePort" -}}
{{- $database := .Values.database -}}
{{- $url := get .Values.extraSecretEnv "APP_DATABASE_URL" | default (ternary "" $database.url (ne $database.existingSecret "")) -}}
{{- if eq $database.backend "postgres" -}}
{{- with get .Values.extraSecretEnv "APP_DATABASE_URL" }}{{ include "chassis.portOf" . }}{{ else }}{{ int64 $database.postgres.port }}{{ end -}}
{{- else if eq $database.backend "custom" -}}
{{- with $url }}{{ include "chassis.portOf" . }}{{ else }}{{ int64 .Values.networkPolicy.databasePort }}{{ end -}}
{{- end -}}
{{- end -}}

{{- define "chassis.egressToDatabase" -}}
{{- with include "chassis.databasePort" . -}}
{{- include "chassis.egressTo" (dict "port" . "cidr" $.Values.networkPolicy.databaseCIDR) -}}
{{- end -}}
{{- end -}}

{{/* The ports of Redis, as JSON: that of the settings, and those of whole URLs as far as the chart can see them. */}}
{{- define "chassis.redisPorts" -}}
{{- $values := .Values -}}
{{- $named := int64 $values.redis.port -}}
{{- $unseen := $named -}}
{{- if int64 $values.networkPolicy.redisPort -}}
{{- $unseen = int64 $values.networkPolicy.redisPort -}}
{{- end -}}
{{- $ports := list -}}
{{- if include "chassis.usesRedisHost" . -}}
{{- $ports = append $ports $named -}}
{{- end -}}
{{- if and (include "chassis.limitsInRedis" .) (include "chassis.limiterHasUrl" .) -}}
{{- $url := get $values.extraSecretEnv "APP_RATE_LIMIT_STORAGE_URL" -}}
{{- if and (not $url) (not $values.rateLimit.existingSecret) -}}
{{- $url = $values.rateLimit.storageUrl -}}
{{- end -}}
{{- if $url -}}
{{- $ports = append $ports (include "chassis.portOf" $url | int64) -}}
{{- else -}}
{{- $ports = append $ports $unseen -}}
{{- end -}}
{{- end -}}
{{- if and (include "chassis.cachesInRedis" .) $values.cache.explicitUrl -}}
{{- $url := get $values.extraSecretEnv "APP_CACHE_STORAGE_URL" -}}
{{- if $url -}}
{{- $ports = append $ports (include "chassis.portOf" $url | int64) -}}
{{- else -}}
{{- $ports = append $ports $unseen -}}
{{- end -}}
{{- end -}}
{{- uniq $ports | toJson -}}
{{- end -}}

{{- define "chassis.egressToRedis" -}}
{{- range include "chassis.redisPorts" . | fromJsonArray }}
{{ include "chassis.egressTo" (dict "port" (int64 .) "cidr" $.Values.networkPolicy.redisCIDR) }}
{{- end -}}
{{- end -}}

{{/* The ports of what is reached by URL wherever it is: keys, traces, backups; as JSON texts. */}}
{{- define "chassis.egressPorts" -}}
{{- $values := .Values -}}
{{- $ports := list -}}
{{- if and $values.auth.enabled $values.auth.jwksUrl -}}
{{- $ports = append $ports (include "chassis.portOf" $values.auth.jwksUrl) -}}
{{- end -}}
{{- if $values.tracing.enabled -}}
{{- $ports = append $ports (include "chassis.portOf" $values.tracing.otlpEndpoint) -}}
{{- end -}}
{{- if include "chassis.hasLitestream" . -}}
{{- $replica := $values.litestream.replica -}}
{{- if $replica.endpoint -}}
{{- $endpoint := ternary $replica.endpoint (printf "https://%s" $replica.endpoint) (contains "://" $replica.endpoint) -}}
{{- $ports = append $ports (include "chassis.portOf" $endpoint) -}}
{{- else if hasPrefix "sftp://" $replica.url -}}
{{- $ports = append $ports (include "chassis.portOf" $replica.url) -}}
{{- else -}}
{{- $ports = append $ports "443" -}}
{{- end -}}
{{- end -}}
{{- uniq $ports | toJson -}}
{{- end -}}
