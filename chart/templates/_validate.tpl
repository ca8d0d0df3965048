{{/*
Refuses values with which the application would not start, would never become ready, or would lose
data: all of them at once, each with a way out. Every "chassis.problems.*" prints one a line.
*/}}
{{- define "chassis.validate" -}}
{{- $problems := list -}}
{{- range $part := list "names" "variables" "http" "cors" "proxies" "database" "sqlite" "migrations" "redis" "rateLimit" "auth" "secrets" "litestream" "scaling" "rollout" "resources" "exposure" "monitoring" "pods" -}}
{{- range include (printf "chassis.problems.%s" $part) $ | splitList "\n" -}}
{{- $problems = append $problems (trim .) -}}
{{- end -}}
{{- end -}}
{{- with compact $problems -}}
{{- fail (printf "these values cannot work:\n- %s" (join "\n- " .)) -}}
{{- end -}}
{{- end -}}

{{- define "chassis.problems.names" -}}
{{- if not (regexMatch "^[a-z]" (include "chassis.fullname" .)) }}
fullnameOverride: "{{ include "chassis.fullname" . }}" does not begin with a letter, so no Service may be called so; set fullnameOverride to a name that does
{{- end }}
{{- if not (semverCompare ">=1.29.0-0" (include "chassis.kubeVersion" .)) }}
kubeVersionOverride: the chart needs Kubernetes 1.29 or newer; leave it empty to use the cluster's own version
{{- end }}
{{- if .Values.litefs.enabled }}
litefs.enabled: LiteFS needs /dev/fuse and rights that hardened pods do not have; use database.backend=postgres, or SQLite with litestream.enabled
{{- end }}
{{- end -}}

{{/* Whether a list setting can be read: a list, or the JSON text of one that holds texts. */}}
{{- define "chassis.isList" -}}
{{- if not (kindIs "string" .) -}}
true
{{- else if regexMatch `^\s*(\[\s*("([^"\\]|\\.)*"\s*(,\s*"([^"\\]|\\.)*"\s*)*)?\]\s*)?$` . -}}
true
{{- end -}}
{{- end -}}

{{- define "chassis.problems.variables" -}}
{{- $values := .Values -}}
{{- $lists := dict
  "security.trustedHosts" $values.security.trustedHosts
  "security.trustedProxies" $values.security.trustedProxies
  "cors.allowedOrigins" $values.cors.allowedOrigins
  "cors.allowedMethods" $values.cors.allowedMethods
  "cors.allowedHeaders" $values.cors.allowedHeaders
  "cors.exposeHeaders" $values.cors.exposeHeaders
  "auth.jwtAlgorithms" $values.auth.jwtAlgorithms
  "rateLimit.trustedProxies" $values.rateLimit.trustedProxies
  "rateLimit.proxyHeaders" $values.rateLimit.proxyHeaders
-}}
{{- range $path, $value := $lists }}
{{- if not (include "chassis.isList" $value) }}
{{ $path }}: must be a list, or a JSON array of texts such as ["a","b"]
{{- end }}
{{- end }}
{{- $owned := dict
  "APP_HOST" "app.host"
  "APP_PORT" "app.port"
  "APP_HEALTH_CHECK_PATH" "app.healthCheckPath"
  "APP_READINESS_CHECK_PATH" "app.readinessCheckPath"
  "APP_DATABASE_BACKEND" "database.backend"
  "APP_DATABASE_SQLITE_PATH" "database.sqlite.path"
  "APP_METRICS_ENABLED" "metrics.enabled"
  "APP_RATE_LIMIT_ENABLED" "rateLimit.enabled"
  "RUN_DB_MIGRATIONS" "database.runMigrations"
  "UVICORN_WORKERS" "app.workers"
-}}
{{- $secret := list "APP_DATABASE_POSTGRES_PASSWORD" "APP_DATABASE_URL" "APP_ALEMBIC_DATABASE_URL" "APP_AUTH_JWT_SECRET" "APP_REDIS_PASSWORD" "APP_RATE_LIMIT_STORAGE_URL" "APP_CACHE_STORAGE_URL" "APP_OTEL_EXPORTER_OTLP_HEADERS" "PGPASSWORD" -}}
{{- range $name, $value := $values.extraEnv }}
{{- with get $owned $name }}
extraEnv.{{ $name }}: probes, ports and volumes follow {{ . }}; set that instead
{{- end }}
{{- if has $name $secret }}
extraEnv.{{ $name }}: would stand in a ConfigMap for everyone to read; use extraSecretEnv or a Secret of your own
{{- end }}
{{- end }}
{{- end -}}

{{- define "chassis.problems.http" -}}
{{- $values := .Values -}}
{{- if eq $values.app.healthCheckPath $values.app.readinessCheckPath }}
app.readinessCheckPath: must differ from app.healthCheckPath, or the application does not start
{{- end }}
{{- range concat (include "chassis.list" $values.security.trustedHosts | fromJsonArray) (include "chassis.ingressHosts" . | fromJsonArray) $values.httpRoute.hostnames }}
{{- if and (contains "*" (. | toString)) (ne (. | toString) "*") (not (regexMatch `^\*\.[^*]+$` (. | toString))) }}
security.trustedHosts: "{{ . }}" is no pattern that the application knows; use *.example.com, or * alone
{{- end }}
{{- end }}
{{- if hasKey $values.extraEnv "APP_TRUSTED_HOSTS" }}
{{- $hosts := get $values.extraEnv "APP_TRUSTED_HOSTS" | toString | fromJsonArray }}
{{- if not (or (has "*" $hosts) (has (include "chassis.hostHeader" .) $hosts)) }}
extraEnv.APP_TRUSTED_HOSTS: lacks "{{ include "chassis.hostHeader" . }}", which the probes ask for; add it, or use security.trustedHosts, which is added to the names that the chart knows
{{- end }}
{{- end }}
{{- end -}}

{{- define "chassis.problems.cors" -}}
{{- $cors := .Values.cors -}}
{{- if and $cors.allowCredentials (has "*" (include "chassis.list" $cors.allowedOrigins | fromJsonArray)) }}
cors.allowedOrigins: * together with cors.allowCredentials is refused by the application; name the origins
{{- end }}
{{- end -}}

{{/* The entries of a list that are neither an address nor a network. */}}
{{- define "chassis.notNetworks" -}}
{{- $bad := list -}}
{{- range include "chassis.list" . | fromJsonArray -}}
{{- if not (regexMatch `^([0-9]{1,3}(\.[0-9]{1,3}){3}|[0-9A-Fa-f:]*:[0-9A-Fa-f:.]*)(/[0-9]{1,3})?$` (toString .)) -}}
{{- $bad = append $bad . -}}
{{- end -}}
{{- end -}}
{{- join ", " $bad -}}
{{- end -}}

{{- define "chassis.problems.proxies" -}}
{{- $limit := .Values.rateLimit -}}
{{- $security := .Values.security -}}
{{- if and $limit.enabled $limit.trustProxyHeaders }}
{{- if eq (include "chassis.list" $limit.trustedProxies) "[]" }}
rateLimit.trustedProxies: must name the proxies when rateLimit.trustProxyHeaders is on, or the application does not start; or turn that off, for app.forwardedAllowIps is enough
{{- end }}
{{- with include "chassis.notNetworks" $limit.trustedProxies }}
rateLimit.trustedProxies: {{ . }} is neither an IP address nor a network
{{- end }}
{{- end }}
{{- if $security.trustProxyProtoHeader }}
{{- if eq (include "chassis.list" $security.trustedProxies) "[]" }}
security.trustedProxies: must name the proxies when security.trustProxyProtoHeader is on, or the application does not start; or turn that off, for app.forwardedAllowIps is enough
{{- end }}
{{- with include "chassis.notNetworks" $security.trustedProxies }}
security.trustedProxies: {{ . }} is neither an IP address nor a network
{{- end }}
{{- end }}
{{- end -}}

{{/* "true" when variables may come from sources that the chart cannot look into. */}}
{{- define "chassis.hasUnseenSources" -}}
{{- if or .Values.existingSecret .Values.extraEnvFrom }}true{{ end -}}
{{- end -}}

{{- define "chassis.problems.database" -}}
{{- $values := .Values -}}
{{- $database := $values.database -}}
{{- $unseen := include "chassis.hasUnseenSources" . -}}
{{- $password := get $values.extraSecretEnv "APP_DATABASE_POSTGRES_PASSWORD" | default (ternary "" $database.postgres.password (ne $database.postgres.existingSecret "")) | toString -}}
{{- $url := get $values.extraSecretEnv "APP_DATABASE_URL" | default (ternary "" $database.url (ne $database.existingSecret "")) | toString -}}
{{- $alembic := get $values.extraSecretEnv "APP_ALEMBIC_DATABASE_URL" | default (ternary "" $database.alembicUrl (ne $database.existingSecret "")) | toString -}}
{{- if eq $database.backend "postgres" }}
{{- if not (or $password $database.postgres.existingSecret $unseen (hasKey $values.extraSecretEnv "APP_DATABASE_URL")) }}
database.postgres.existingSecret: the application does not start without a password; name the Secret that holds it, or give database.postgres.password
{{- end }}
{{- if regexMatch "[@%]" $password }}
database.postgres.password: the application pastes it into a URL, where @ and % cannot stand; use letters, digits, - and _, or database.backend=custom with a URL without password and PGPASSWORD in extraSecretEnv
{{- end }}
{{- if and (hasPrefix "verify-" $database.postgres.sslMode) (not $database.postgres.sslRootCert) }}
database.postgres.sslRootCert: {{ $database.postgres.sslMode }} needs the authority's certificate; mount it with extraVolumes and extraVolumeMounts and give its path
{{- end }}
{{- else if eq $database.backend "custom" }}
{{- if not (or $url $database.existingSecret $unseen) }}
database.existingSecret: the application does not start without a URL; name the Secret that holds it, or give database.url
{{- end }}
{{- if $url }}
{{- if hasPrefix "sqlite" $url }}
database.url: a SQLite file needs a volume; use database.backend=sqlite
{{- else if and (not (hasPrefix "postgresql+asyncpg://" $url)) (not $alembic) (not $unseen) }}
database.alembicUrl: can be derived only from postgresql+asyncpg://, and the application does not start without it; give the same database with a synchronous driver
{{- end }}
{{- if and (not $alembic) (contains "%" $url) (or (include "chassis.hasMigrationJob" .) $database.runMigrations) }}
database.url: Alembic cannot read a URL with %; leave the password out and give PGPASSWORD in extraSecretEnv
{{- end }}
{{- end }}
{{- if regexMatch `^[a-z]+\+(asyncpg|aiosqlite|aiomysql|asyncmy)://` $alembic }}
database.alembicUrl: migrations need a synchronous driver, such as postgresql+psycopg://
{{- else if and (contains "%" $alembic) (or (include "chassis.hasMigrationJob" .) $database.runMigrations) }}
database.alembicUrl: Alembic cannot read a URL with %; leave the password out and give PGPASSWORD in extraSecretEnv
{{- end }}
{{- end }}
{{- end -}}

{{- define "chassis.problems.sqlite" -}}
{{- $values := .Values -}}
{{- if eq $values.database.backend "sqlite" }}
{{- if $values.autoscaling.enabled }}
autoscaling.enabled: every pod would have a SQLite file of its own; turn it off, or use database.backend=postgres
{{- else if gt (int64 $values.replicaCount) 1 }}
replicaCount: every pod would have a SQLite file of its own; set 1, or use database.backend=postgres
{{- end }}
{{- if gt (int64 $values.app.workers) 1 }}
app.workers: SQLite takes one process; set 1, or use database.backend=postgres
{{- end }}
{{- if not $values.persistence.enabled }}
persistence.enabled: without a volume the SQLite file is lost with its pod, and the root filesystem is read-only; turn it on
{{- end }}
{{- if or (contains "/../" $values.database.sqlite.path) (hasSuffix "/.." $values.database.sqlite.path) (not (hasPrefix "/app/data/" (include "chassis.sqliteFile" .))) }}
database.sqlite.path: must lie below ./data, where the volume is mounted
{{- end }}
{{- if hasKey $values.extraSecretEnv "APP_DATABASE_URL" }}
extraSecretEnv.APP_DATABASE_URL: would win over the SQLite file; use database.backend=custom
{{- end }}
{{- end }}
{{- end -}}

{{- define "chassis.problems.migrations" -}}
{{- if and .Values.database.runMigrations (ne .Values.database.backend "sqlite") (gt (include "chassis.mostPods" . | int64) 1) }}
database.runMigrations: several pods would migrate at once, and Alembic takes no lock; use migrations.enabled, which runs one Job before the rollout
{{- end }}
{{- end -}}

{{- define "chassis.problems.redis" -}}
{{- $password := get .Values.extraSecretEnv "APP_REDIS_PASSWORD" | default (ternary "" .Values.redis.password (ne .Values.redis.existingSecret "")) | toString -}}
{{- if and (include "chassis.usesRedis" .) (regexMatch `[/#?\[\]]` $password) }}
redis.password: the application pastes it into a URL, where / # ? [ and ] cannot stand; use letters, digits, - and _
{{- end }}
{{- if and (include "chassis.cachesInRedis" .) .Values.cache.explicitUrl (not (or .Values.cache.existingSecret (hasKey .Values.extraSecretEnv "APP_CACHE_STORAGE_URL") (include "chassis.hasUnseenSources" .))) }}
cache.existingSecret: cache.explicitUrl is on, but nothing gives APP_CACHE_STORAGE_URL; name the Secret that holds it
{{- end }}
{{- end -}}

{{- define "chassis.problems.rateLimit" -}}
{{- $values := .Values -}}
{{- if and $values.rateLimit.enabled (gt (int64 $values.app.workers) 1) }}
{{- if ne $values.rateLimit.storageBackend "redis" }}
rateLimit.storageBackend: several workers cannot count in memory, and the image refuses to start; use redis, or app.workers=1
{{- else if and (include "chassis.derivesLimiterUrl" .) (hasKey $values.extraSecretEnv "APP_REDIS_PASSWORD") }}
rateLimit.storageUrl: several workers need the whole Redis URL; give it, or give the password in redis.password or redis.existingSecret, from which the chart makes it
{{- end }}
{{- end }}
{{- with get $values.extraSecretEnv "APP_RATE_LIMIT_STORAGE_URL" | default $values.rateLimit.storageUrl }}
{{- if and (include "chassis.limitsInRedis" $) (not (regexMatch "^(redis|rediss|unix)://" (toString .))) }}
rateLimit.storageUrl: must begin with redis:// or rediss://
{{- end }}
{{- end }}
{{- end -}}

{{- define "chassis.problems.auth" -}}
{{- $values := .Values -}}
{{- $auth := $values.auth -}}
{{- if $auth.enabled }}
{{- $unseen := include "chassis.hasUnseenSources" . -}}
{{- $algorithms := include "chassis.list" $auth.jwtAlgorithms | fromJsonArray -}}
{{- $families := list -}}
{{- range $algorithms -}}
{{- $families = append $families (trunc 2 (toString .)) -}}
{{- if not (regexMatch "^((HS|RS|ES|PS)(256|384|512)|EdDSA)$" (toString .)) }}
auth.jwtAlgorithms: "{{ . }}" is no algorithm that the application knows
{{- end }}
{{- end }}
{{- if ne (len (uniq $families)) 1 }}
auth.jwtAlgorithms: must name algorithms of exactly one family: HS*, RS*, ES*, PS* or EdDSA
{{- end }}
{{- $secret := get $values.extraSecretEnv "APP_AUTH_JWT_SECRET" | default $auth.jwtSecret | toString -}}
{{- $key := get $values.extraSecretEnv "APP_AUTH_JWT_PUBLIC_KEY" | default $auth.jwtPublicKey | toString -}}
{{- if has "HS" $families }}
{{- if or $auth.jwksUrl $key }}
auth.jwtAlgorithms: HS* takes a shared secret and nothing else; empty auth.jwksUrl and auth.jwtPublicKey, or use RS256
{{- end }}
{{- if not (or $secret $auth.existingSecret $unseen) }}
auth.existingSecret: HS* needs a shared secret; name the Secret that holds it, or give auth.jwtSecret
{{- else if and $secret (not $auth.existingSecret) (lt (len $secret) 32) }}
auth.jwtSecret: must have at least 32 characters
{{- end }}
{{- else }}
{{- if $secret }}
auth.jwtSecret: goes with HS* only; empty it, or set auth.jwtAlgorithms to HS256
{{- end }}
{{- if not (or $auth.jwksUrl $key $auth.existingSecret $unseen) }}
auth.jwksUrl: tokens cannot be verified without keys; give the key set's URL, auth.jwtPublicKey, or a Secret in auth.existingSecret
{{- end }}
{{- if and $key (or (not (contains "-----BEGIN" $key)) (not (contains "\n" (trim $key)))) }}
auth.jwtPublicKey: must be a PEM text with real line breaks, or every token is refused
{{- end }}
{{- end }}
{{- if and $auth.jwksUrl (not (hasPrefix "https://" $auth.jwksUrl)) }}
auth.jwksUrl: must begin with https://
{{- end }}
{{- if and $auth.requireIssuer (not $auth.jwtIssuer) (not (hasKey $values.extraEnv "APP_AUTH_JWT_ISSUER")) }}
auth.jwtIssuer: must be given, or auth.requireIssuer turned off
{{- end }}
{{- if and $auth.requireAudience (not $auth.jwtAudience) (not (hasKey $values.extraEnv "APP_AUTH_JWT_AUDIENCE")) }}
auth.jwtAudience: must be given, or auth.requireAudience turned off
{{- end }}
{{- end }}
{{- end -}}

{{- define "chassis.problems.secrets" -}}
{{- if not .Values.secret.create }}
{{- range $name, $value := include "chassis.inlineSecrets" . | fromYaml }}
secret.create: is off, so nothing would carry {{ $name }}, which is given inline; turn it on, or put it into a Secret of your own
{{- end }}
{{- end }}
{{- end -}}

{{- define "chassis.problems.litestream" -}}
{{- if include "chassis.hasLitestream" . }}
{{- $replica := .Values.litestream.replica -}}
{{- if and $replica.url (or $replica.bucket $replica.path) }}
litestream.replica.url: Litestream refuses it together with bucket and path; give one or the other
{{- else if not (or $replica.url (and $replica.bucket $replica.path)) }}
litestream.replica.bucket: the copy needs a place; give litestream.replica.bucket and path, or litestream.replica.url
{{- else if and (not $replica.url) (has $replica.type (list "abs" "sftp")) }}
litestream.replica.url: {{ $replica.type }} needs a URL, for a bucket does not name the account or host
{{- end }}
{{- end }}
{{- end -}}

{{- define "chassis.problems.scaling" -}}
{{- $scaling := .Values.autoscaling -}}
{{- if $scaling.enabled }}
{{- if gt (int64 $scaling.minReplicas) (int64 $scaling.maxReplicas) }}
autoscaling.minReplicas: must not exceed autoscaling.maxReplicas
{{- end }}
{{- if and (eq (int64 $scaling.targetCPUUtilizationPercentage) 0) (eq (int64 $scaling.targetMemoryUtilizationPercentage) 0) }}
autoscaling.targetCPUUtilizationPercentage: without a CPU or a memory target nothing tells when to scale; set one, or turn autoscaling.enabled off
{{- end }}
{{- $resources := include "chassis.resources" . | fromYaml -}}
{{- $known := merge (dict) ($resources.requests | default dict) ($resources.limits | default dict) -}}
{{- if and (int64 $scaling.targetCPUUtilizationPercentage) (not (hasKey $known "cpu")) }}
resources.requests.cpu: the CPU target is a part of the request, so there must be one; set it or a resourcePreset
{{- end }}
{{- if and (int64 $scaling.targetMemoryUtilizationPercentage) (not (hasKey $known "memory")) }}
resources.requests.memory: the memory target is a part of the request, so there must be one; set it or a resourcePreset
{{- end }}
{{- end }}
{{- end -}}

{{- define "chassis.problems.rollout" -}}
{{- $values := .Values -}}
{{- if gt (int64 $values.preStopSleepSeconds) (int64 $values.terminationGracePeriodSeconds) }}
terminationGracePeriodSeconds: must not be shorter than preStopSleepSeconds, or Kubernetes refuses the pod
{{- end }}
{{- if and (eq (include "chassis.workloadKind" .) "Deployment") (regexMatch "^0+%?$" (include "chassis.text" $values.strategy.maxSurge)) (regexMatch "^0+%?$" (include "chassis.text" $values.strategy.maxUnavailable)) }}
strategy.maxUnavailable: with strategy.maxSurge 0 as well no rollout can begin; set one of them above 0
{{- end }}
{{- $budget := $values.podDisruptionBudget -}}
{{- $pods := include "chassis.pods" . | int64 -}}
{{- if and $budget.enabled (gt $pods 1) }}
{{- $least := include "chassis.text" $budget.minAvailable -}}
{{- if $least }}
{{- $kept := trimSuffix "%" $least | atoi | int64 -}}
{{- if hasSuffix "%" $least -}}
{{- $kept = div (add (mul $pods $kept) 99) 100 -}}
{{- end }}
{{- if ge $kept $pods }}
podDisruptionBudget.minAvailable: {{ $least }} of {{ $pods }} pods leaves none that a drain may take, so drains would wait for ever; lower it
{{- end }}
{{- else if regexMatch "^0+%?$" (include "chassis.text" $budget.maxUnavailable) }}
podDisruptionBudget.maxUnavailable: 0 lets drains wait for ever; set 1, or turn podDisruptionBudget.enabled off
{{- end }}
{{- end }}
{{- end -}}

{{- define "chassis.problems.resources" -}}
{{- $given := include "chassis.givenResources" . | fromYaml -}}
{{- range $name, $request := $given.requests }}
{{- with get $given.limits $name }}
{{- if gt (include "chassis.thousandths" $request | int64) (include "chassis.thousandths" . | int64) }}
resources.requests.{{ $name }}: {{ $request }} is more than the limit of {{ . }}
{{- end }}
{{- end }}
{{- end }}
{{- end -}}

{{- define "chassis.problems.exposure" -}}
{{- $ingress := .Values.ingress -}}
{{- if $ingress.enabled }}
{{- if not $ingress.hosts }}
ingress.hosts: an Ingress needs at least one host; give [{host: api.example.com}], or turn ingress.enabled off
{{- end }}
{{- range $ingress.hosts }}
{{- if eq .host "*" }}
ingress.hosts: * would catch the requests for every name; give the names
{{- end }}
{{- end }}
{{- if and $ingress.closedPaths (not (has $ingress.controller (list "traefik" "haproxy" "alb" "ingress-nginx"))) }}
ingress.closedPaths: ingress.controller {{ $ingress.controller }} has no way to refuse paths; leave them out, and route only the paths of your API with ingress.hosts
{{- end }}
{{- end }}
{{- $route := .Values.httpRoute }}
{{- if $route.enabled }}
{{- if not $route.parentRefs }}
httpRoute.parentRefs: a route needs a Gateway; give [{name: public, namespace: gateways}], or turn httpRoute.enabled off
{{- end }}
{{- if not $route.hostnames }}
httpRoute.hostnames: a route without names catches the requests for every name of its Gateway; give [api.example.com], or turn httpRoute.enabled off
{{- end }}
{{- if not $route.paths }}
httpRoute.paths: a route without paths leads nowhere; give [/]
{{- end }}
{{- if $route.redirectSectionName }}
{{- range $route.parentRefs }}
{{- if or (not .sectionName) (eq .sectionName $route.redirectSectionName) }}
httpRoute.redirectSectionName: Gateway {{ .name }} would serve and redirect on the same listener; give its parent the sectionName of the listener for HTTPS
{{- end }}
{{- end }}
{{- end }}
{{- end }}
{{- end -}}

{{- define "chassis.problems.monitoring" -}}
{{- $values := .Values -}}
{{- range $name, $what := dict "prometheusRule" "alert on" "dashboard" "draw" }}
{{- if and (get $values $name).enabled (not $values.metrics.enabled) }}
{{ $name }}.enabled: there is nothing to {{ $what }}; turn metrics.enabled on
{{- end }}
{{- end }}
{{- if $values.serviceMonitor.enabled }}
{{- if not $values.metrics.enabled }}
serviceMonitor.enabled: there is nothing to scrape; turn metrics.enabled on
{{- end }}
{{- $hosts := list -}}
{{- if hasKey $values.extraEnv "APP_TRUSTED_HOSTS" -}}
{{- $hosts = get $values.extraEnv "APP_TRUSTED_HOSTS" | toString | fromJsonArray -}}
{{- else if not $values.security.trustPodIP -}}
{{- $hosts = include "chassis.trustedHosts" . | fromJsonArray -}}
{{- else -}}
{{- $hosts = list "*" -}}
{{- end }}
{{- if not (has "*" $hosts) }}
security.trustPodIP: Prometheus scrapes pods by address, which the application would refuse; turn it on, and leave APP_TRUSTED_HOSTS out of extraEnv
{{- end }}
{{- end }}
{{- end -}}

{{/* What loosens a container. Takes path and context. */}}
{{- define "chassis.problems.context" -}}
{{- $path := .path -}}
{{- $context := .context | default dict -}}
{{- range $key, $bad := dict "privileged" true "allowPrivilegeEscalation" true "runAsNonRoot" false }}
{{- if and (hasKey $context $key) (eq (toString (get $context $key)) (toString $bad)) }}
{{ $path }}.{{ $key }}: {{ $bad }} would loosen the hardened pod; leave it out
{{- end }}
{{- end }}
{{- if and (hasKey $context "runAsUser") (eq (include "chassis.text" $context.runAsUser) "0") }}
{{ $path }}.runAsUser: 0 is root; use another id
{{- end }}
{{- with $context.capabilities }}
{{- if .add }}
{{ $path }}.capabilities.add: would loosen the hardened pod; leave it out
{{- end }}
{{- if not (has "ALL" (.drop | default list)) }}
{{ $path }}.capabilities.drop: must hold ALL
{{- end }}
{{- end }}
{{- with $context.seccompProfile }}
{{- if not (has .type (list "RuntimeDefault" "Localhost")) }}
{{ $path }}.seccompProfile: must be RuntimeDefault or Localhost
{{- end }}
{{- end }}
{{- if and $context.procMount (ne $context.procMount "Default") }}
{{ $path }}.procMount: must be Default
{{- end }}
{{- end -}}

{{- define "chassis.problems.pods" -}}
{{- $values := .Values -}}
{{- include "chassis.problems.context" (dict "path" "podSecurityContext" "context" $values.podSecurityContext) }}
{{- include "chassis.problems.context" (dict "path" "containerSecurityContext" "context" $values.containerSecurityContext) }}
{{- range $key := list "runAsNonRoot" "allowPrivilegeEscalation" "capabilities" "readOnlyRootFilesystem" "seccompProfile" }}
{{- range $path := list "podSecurityContext" "containerSecurityContext" }}
{{- $context := get $values $path }}
{{- if and (hasKey $context $key) (kindIs "invalid" (get $context $key)) }}
{{ $path }}.{{ $key }}: cannot be taken away from the hardened pod
{{- end }}
{{- end }}
{{- end }}
{{- if eq (toString (get $values.containerSecurityContext "readOnlyRootFilesystem")) "false" }}
containerSecurityContext.readOnlyRootFilesystem: the application needs no more than its temporary directories; leave it out, and mount an emptyDir where your code writes
{{- end }}
{{- range $path := list "initContainers" "sidecars" }}
{{- range get $values $path }}
{{- include "chassis.problems.context" (dict "path" (printf "%s.%s" $path .name) "context" .securityContext) }}
{{- $container := .name }}
{{- range .ports }}
{{- if .hostPort }}
{{ $path }}.{{ $container }}.ports: a hostPort is not allowed in hardened pods
{{- end }}
{{- end }}
{{- end }}
{{- end }}
{{- range $values.extraVolumes }}
{{- if hasKey . "hostPath" }}
extraVolumes.{{ .name }}: a hostPath is not allowed in hardened pods; use a claim, a ConfigMap or a Secret
{{- end }}
{{- end }}
{{- end -}}
