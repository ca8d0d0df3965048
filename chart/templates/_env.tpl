{{/*
The application's plain environment. What does not apply is left out, and so is an empty text, for
the application takes "" for a value. extraEnv replaces what has the same name.
*/}}
{{- define "chassis.environment" -}}
{{- $values := .Values -}}
{{- $app := $values.app -}}
{{- $database := $values.database -}}
{{- $groups := list (dict
  "APP_APP_NAME" $app.name
  "APP_APP_VERSION" ($app.version | default (include "chassis.version" .))
  "APP_APP_DESCRIPTION" $app.description
  "APP_DEBUG" $app.debug
  "APP_DOCS_ENABLED" $app.docsEnabled
  "APP_REDOC_ENABLED" $app.redocEnabled
  "APP_OPENAPI_ENABLED" $app.openapiEnabled
  "APP_HOST" $app.host
  "APP_PORT" $app.port
  "APP_LOG_LEVEL" $app.logLevel
  "APP_LOG_FORMAT" $app.logFormat
  "APP_LOG_REDACT_HEADERS" $app.logRedactHeaders
  "APP_LOGGING_CONFIG_PATH" $app.loggingConfigPath
  "APP_REQUEST_TIMEOUT" $app.requestTimeout
  "APP_HEALTH_CHECK_PATH" $app.healthCheckPath
  "APP_READINESS_CHECK_PATH" $app.readinessCheckPath
  "APP_READINESS_INCLUDE_DETAILS" $app.readinessIncludeDetails
  "APP_INFO_ENDPOINT_ENABLED" $app.infoEndpointEnabled
  "APP_ENDPOINTS_LISTING_ENABLED" $app.endpointsListingEnabled
) (dict
  "UVICORN_WORKERS" $app.workers
  "UVICORN_FORWARDED_ALLOW_IPS" (include "chassis.forwardedAllowIps" .)
  "UVICORN_LIFESPAN" "on"
  "UVICORN_SERVER_HEADER" false
  "UVICORN_TIMEOUT_KEEP_ALIVE" $app.keepAliveTimeout
  "UVICORN_TIMEOUT_GRACEFUL_SHUTDOWN" (include "chassis.gracefulShutdown" .)
  "UVICORN_LIMIT_CONCURRENCY" (include "chassis.textUnlessZero" $app.limitConcurrency)
  "UVICORN_LIMIT_MAX_REQUESTS" (include "chassis.textUnlessZero" $app.limitMaxRequests)
  "UVICORN_ROOT_PATH" $app.rootPath
) (dict
  "APP_DATABASE_BACKEND" $database.backend
  "APP_DATABASE_POOL_PRE_PING" $database.poolPrePing
  "APP_DATABASE_ECHO" $database.echo
  "APP_DATABASE_HEALTH_TIMEOUT_SECONDS" $database.healthTimeout
  "RUN_DB_MIGRATIONS" (include "chassis.runsMigrations" .)
) (dict
  "APP_AUTH_ENABLED" $values.auth.enabled
  "APP_RATE_LIMIT_ENABLED" $values.rateLimit.enabled
  "APP_CACHE_ENABLED" $values.cache.enabled
  "APP_METRICS_ENABLED" $values.metrics.enabled
  "APP_OTEL_ENABLED" $values.tracing.enabled
) (dict
  "APP_MAX_REQUEST_BODY_BYTES" $values.security.maxRequestBodyBytes
  "APP_SECURITY_HEADERS_ENABLED" $values.security.headersEnabled
  "APP_SECURITY_HSTS_ENABLED" $values.security.hstsEnabled
  "APP_SECURITY_REFERRER_POLICY" $values.security.referrerPolicy
  "APP_SECURITY_PERMISSIONS_POLICY" $values.security.permissionsPolicy
  "APP_SECURITY_CONTENT_SECURITY_POLICY" $values.security.contentSecurityPolicy
  "APP_SECURITY_TRUST_PROXY_PROTO_HEADER" $values.security.trustProxyProtoHeader
  "APP_CORS_ALLOWED_ORIGINS" (include "chassis.list" $values.cors.allowedOrigins)
  "APP_CORS_ALLOW_CREDENTIALS" $values.cors.allowCredentials
  "APP_CORS_ALLOWED_METHODS" (include "chassis.list" $values.cors.allowedMethods)
  "APP_CORS_ALLOWED_HEADERS" (include "chassis.list" $values.cors.allowedHeaders)
  "APP_CORS_EXPOSE_HEADERS" (include "chassis.list" $values.cors.exposeHeaders)
) -}}
{{- if eq $app.logFormat "text" -}}
{{- $groups = append $groups (dict
  "APP_LOG_TEXT_TEMPLATE" $app.logTextTemplate
  "APP_LOG_DATE_FORMAT" $app.logDateFormat
) -}}
{{- end -}}
{{- if eq $database.backend "postgres" -}}
{{- $groups = append $groups (dict
  "APP_DATABASE_POSTGRES_HOST" $database.postgres.host
  "APP_DATABASE_POSTGRES_PORT" $database.postgres.port
  "APP_DATABASE_POSTGRES_NAME" $database.postgres.name
  "APP_DATABASE_POSTGRES_USER" $database.postgres.user
) -}}
{{- if ne $database.postgres.sslMode "prefer" -}}
{{- $groups = append $groups (dict "PGSSLMODE" $database.postgres.sslMode) -}}
{{- end -}}
{{- if hasPrefix "verify-" $database.postgres.sslMode -}}
{{- $groups = append $groups (dict "PGSSLROOTCERT" $database.postgres.sslRootCert) -}}
{{- end -}}
{{- end -}}
{{- if eq $database.backend "sqlite" -}}
{{- $groups = append $groups (dict
  "APP_DATABASE_SQLITE_PATH" $database.sqlite.path
  "APP_DATABASE_SQLITE_JOURNAL_MODE" $database.sqlite.journalMode
  "APP_DATABASE_SQLITE_SYNCHRONOUS" $database.sqlite.synchronous
  "APP_DATABASE_SQLITE_BUSY_TIMEOUT" $database.sqlite.busyTimeout
  "APP_DATABASE_SQLITE_CACHE_SIZE" $database.sqlite.cacheSize
  "APP_DATABASE_SQLITE_MMAP_SIZE" $database.sqlite.mmapSize
  "APP_DATABASE_SQLITE_FOREIGN_KEYS" $database.sqlite.foreignKeys
  "APP_DATABASE_CONNECT_TIMEOUT_SECONDS" $database.connectTimeout
) -}}
{{- else -}}
{{- $groups = append $groups (dict
  "APP_DATABASE_POOL_SIZE" $database.poolSize
  "APP_DATABASE_MAX_OVERFLOW" $database.maxOverflow
) -}}
{{- end -}}
{{- if $values.auth.enabled -}}
{{- $groups = append $groups (dict
  "APP_AUTH_JWT_ISSUER" $values.auth.jwtIssuer
  "APP_AUTH_JWT_AUDIENCE" $values.auth.jwtAudience
  "APP_AUTH_JWT_ALGORITHMS" (include "chassis.list" $values.auth.jwtAlgorithms)
  "APP_AUTH_REQUIRE_EXP" $values.auth.requireExp
  "APP_AUTH_REQUIRE_ISSUER" $values.auth.requireIssuer
  "APP_AUTH_REQUIRE_AUDIENCE" $values.auth.requireAudience
  "APP_AUTH_CLOCK_SKEW_SECONDS" $values.auth.clockSkew
) -}}
{{- if include "chassis.fetchesKeys" . -}}
{{- $groups = append $groups (dict
  "APP_AUTH_JWKS_URL" $values.auth.jwksUrl
  "APP_AUTH_JWKS_CACHE_TTL_SECONDS" $values.auth.jwksCacheTtl
  "APP_AUTH_JWKS_MAX_STALE_SECONDS" $values.auth.jwksMaxStale
  "APP_AUTH_REQUIRE_WARMUP" $values.auth.requireWarmup
  "APP_AUTH_HTTP_TIMEOUT_SECONDS" $values.auth.httpTimeout
) -}}
{{- end -}}
{{- end -}}
{{- if $values.rateLimit.enabled -}}
{{- $groups = append $groups (dict
  "APP_RATE_LIMIT_REQUESTS" $values.rateLimit.requests
  "APP_RATE_LIMIT_WINDOW_SECONDS" $values.rateLimit.windowSeconds
  "APP_RATE_LIMIT_KEY_STRATEGY" $values.rateLimit.keyStrategy
  "APP_RATE_LIMIT_STORAGE_BACKEND" $values.rateLimit.storageBackend
  "APP_RATE_LIMIT_TRUST_PROXY_HEADERS" $values.rateLimit.trustProxyHeaders
) -}}
{{- if $values.rateLimit.trustProxyHeaders -}}
{{- $groups = append $groups (dict
  "APP_RATE_LIMIT_TRUSTED_PROXIES" (include "chassis.list" $values.rateLimit.trustedProxies)
  "APP_RATE_LIMIT_PROXY_HEADERS" (include "chassis.list" $values.rateLimit.proxyHeaders)
) -}}
{{- end -}}
{{- if and (include "chassis.derivesLimiterUrl" .) (not $values.redis.password) (not $values.redis.existingSecret) -}}
{{- $groups = append $groups (dict "APP_RATE_LIMIT_STORAGE_URL" (include "chassis.limiterUrl" (dict "root" .))) -}}
{{- end -}}
{{- end -}}
{{- if $values.cache.enabled -}}
{{- $groups = append $groups (dict
  "APP_CACHE_BACKEND" $values.cache.backend
  "APP_CACHE_DEFAULT_TTL_SECONDS" $values.cache.defaultTtl
  "APP_CACHE_HEALTH_TIMEOUT_SECONDS" $values.cache.healthTimeout
) -}}
{{- if eq $values.cache.backend "redis" -}}
{{- $groups = append $groups (dict
  "APP_CACHE_KEY_PREFIX" $values.cache.keyPrefix
  "APP_CACHE_REDIS_DB" $values.cache.redisDb
) -}}
{{- else -}}
{{- $groups = append $groups (dict "APP_CACHE_MAX_ENTRIES" $values.cache.maxEntries) -}}
{{- end -}}
{{- end -}}
{{- if include "chassis.usesRedis" . -}}
{{- $groups = append $groups (dict
  "APP_REDIS_HOST" $values.redis.host
  "APP_REDIS_PORT" $values.redis.port
) -}}
{{- if include "chassis.limitsInRedis" . -}}
{{- $groups = append $groups (dict "APP_REDIS_DB" $values.redis.db) -}}
{{- end -}}
{{- end -}}
{{- if $values.metrics.enabled -}}
{{- $groups = append $groups (dict "APP_METRICS_PREFIX" $values.metrics.prefix) -}}
{{- end -}}
{{- if $values.tracing.enabled -}}
{{- $groups = append $groups (dict
  "APP_OTEL_SERVICE_NAME" $values.tracing.serviceName
  "APP_OTEL_SERVICE_VERSION" $values.tracing.serviceVersion
  "APP_OTEL_ENVIRONMENT" $values.tracing.environment
  "APP_OTEL_EXPORTER_OTLP_ENDPOINT" $values.tracing.otlpEndpoint
) -}}
{{- end -}}
{{- if $values.security.hstsEnabled -}}
{{- $groups = append $groups (dict "APP_SECURITY_HSTS_MAX_AGE_SECONDS" $values.security.hstsMaxAge) -}}
{{- end -}}
{{- if $values.security.trustProxyProtoHeader -}}
{{- $groups = append $groups (dict "APP_SECURITY_TRUSTED_PROXIES" (include "chassis.list" $values.security.trustedProxies)) -}}
{{- end -}}
{{- /* Where these are empty, nothing is meant: no prefix, no header, no proxy. */ -}}
{{- $meantEmpty := list "APP_CACHE_KEY_PREFIX" "APP_OTEL_ENVIRONMENT" "APP_SECURITY_REFERRER_POLICY" "APP_SECURITY_PERMISSIONS_POLICY" "UVICORN_FORWARDED_ALLOW_IPS" -}}
{{- $environment := dict -}}
{{- range $group := $groups -}}
{{- range $name, $value := $group -}}
{{- $text := include "chassis.text" $value -}}
{{- if or $text (has $name $meantEmpty) -}}
{{- $_ := set $environment $name $text -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- range $name, $value := $values.extraEnv -}}
{{- $_ := set $environment $name (include "chassis.text" $value) -}}
{{- end -}}
{{- toYaml $environment -}}
{{- end -}}

{{- define "chassis.textUnlessZero" -}}
{{- if int64 . }}{{ int64 . }}{{ end -}}
{{- end -}}

{{/* The trusted proxies as uvicorn takes them: a comma list, given so or as a list. */}}
{{- define "chassis.forwardedAllowIps" -}}
{{- $given := .Values.app.forwardedAllowIps -}}
{{- if kindIs "string" $given }}{{ $given | replace " " "" }}{{ else }}{{ $given | default list | join "," }}{{ end -}}
{{- end -}}

{{/* Seconds that open requests get after SIGTERM. */}}
{{- define "chassis.gracefulShutdown" -}}
{{- $given := int64 .Values.app.gracefulShutdownTimeout -}}
{{- if $given }}{{ $given }}{{ else }}{{ add (int64 .Values.app.requestTimeout) 2 }}{{ end -}}
{{- end -}}

{{/* The secret values that are given inline and that something uses. */}}
{{- define "chassis.inlineSecrets" -}}
{{- $values := .Values -}}
{{- $database := $values.database -}}
{{- $secrets := dict -}}
{{- if and (eq $database.backend "postgres") (not $database.postgres.existingSecret) -}}
{{- $_ := set $secrets "APP_DATABASE_POSTGRES_PASSWORD" $database.postgres.password -}}
{{- end -}}
{{- if and (eq $database.backend "custom") (not $database.existingSecret) -}}
{{- $_ := set $secrets "APP_DATABASE_URL" $database.url -}}
{{- $_ := set $secrets "APP_ALEMBIC_DATABASE_URL" $database.alembicUrl -}}
{{- end -}}
{{- if and (include "chassis.usesRedis" .) (not $values.redis.existingSecret) -}}
{{- $_ := set $secrets "APP_REDIS_PASSWORD" $values.redis.password -}}
{{- if and (include "chassis.derivesLimiterUrl" .) $values.redis.password -}}
{{- $_ := set $secrets "APP_RATE_LIMIT_STORAGE_URL" (include "chassis.limiterUrl" (dict "root" . "password" $values.redis.password)) -}}
{{- end -}}
{{- end -}}
{{- if and $values.auth.enabled (not $values.auth.existingSecret) -}}
{{- if include "chassis.sharedKey" . -}}
{{- $_ := set $secrets "APP_AUTH_JWT_SECRET" $values.auth.jwtSecret -}}
{{- else -}}
{{- $_ := set $secrets "APP_AUTH_JWT_PUBLIC_KEY" $values.auth.jwtPublicKey -}}
{{- end -}}
{{- end -}}
{{- if and (include "chassis.limitsInRedis" .) (not $values.rateLimit.existingSecret) $values.rateLimit.storageUrl -}}
{{- $_ := set $secrets "APP_RATE_LIMIT_STORAGE_URL" $values.rateLimit.storageUrl -}}
{{- end -}}
{{- if and $values.tracing.enabled (not $values.tracing.existingSecret) -}}
{{- $_ := set $secrets "APP_OTEL_EXPORTER_OTLP_HEADERS" $values.tracing.otlpHeaders -}}
{{- end -}}
{{- $given := dict -}}
{{- range $name, $value := $secrets -}}
{{- if $value -}}
{{- $_ := set $given $name $value -}}
{{- end -}}
{{- end -}}
{{- range $name, $value := $values.extraSecretEnv -}}
{{- $_ := set $given $name $value -}}
{{- end -}}
{{- if $given }}{{ include "chassis.strings" $given }}{{ end -}}
{{- end -}}

{{/* "true" when the chart makes a Secret. */}}
{{- define "chassis.hasSecret" -}}
{{- if and .Values.secret.create (include "chassis.inlineSecrets" .) }}true{{ end -}}
{{- end -}}

{{/* One variable from a Secret that exists. Takes name, secret and key; optional where the application can do without. */}}
{{- define "chassis.secretVariable" }}
- name: {{ .name }}
  valueFrom:
    secretKeyRef:
      name: {{ quote .secret }}
      key: {{ .key | default .name | quote }}
      {{- if .optional }}
      optional: true
      {{- end }}
{{- end -}}

{{/* The variables whose values stand in Secrets that exist; only those that something uses. */}}
{{- define "chassis.secretVariables" -}}
{{- $values := .Values -}}
{{- $database := $values.database -}}
{{- if and (eq $database.backend "postgres") $database.postgres.existingSecret -}}
{{- include "chassis.secretVariable" (dict "name" "APP_DATABASE_POSTGRES_PASSWORD" "secret" $database.postgres.existingSecret "key" $database.postgres.existingSecretPasswordKey) -}}
{{- end -}}
{{- if and (eq $database.backend "custom") $database.existingSecret -}}
{{- include "chassis.secretVariable" (dict "name" "APP_DATABASE_URL" "secret" $database.existingSecret "key" $database.existingSecretUrlKey) -}}
{{- include "chassis.secretVariable" (dict "name" "APP_ALEMBIC_DATABASE_URL" "secret" $database.existingSecret "key" $database.existingSecretAlembicUrlKey "optional" (not $database.existingSecretAlembicUrlKey)) -}}
{{- end -}}
{{- if and (include "chassis.usesRedis" .) $values.redis.existingSecret -}}
{{- include "chassis.secretVariable" (dict "name" "APP_REDIS_PASSWORD" "secret" $values.redis.existingSecret "key" $values.redis.existingSecretPasswordKey) -}}
{{- end -}}
{{- if and (include "chassis.limitsInRedis" .) $values.rateLimit.existingSecret -}}
{{- include "chassis.secretVariable" (dict "name" "APP_RATE_LIMIT_STORAGE_URL" "secret" $values.rateLimit.existingSecret "key" $values.rateLimit.existingSecretStorageUrlKey) -}}
{{- else if and (include "chassis.derivesLimiterUrl" .) $values.redis.existingSecret }}
- name: APP_RATE_LIMIT_STORAGE_URL
  value: {{ include "chassis.limiterUrl" (dict "root" . "password" "$(APP_REDIS_PASSWORD)") | quote }}
{{- end -}}
{{- if and (include "chassis.cachesInRedis" .) $values.cache.explicitUrl $values.cache.existingSecret -}}
{{- include "chassis.secretVariable" (dict "name" "APP_CACHE_STORAGE_URL" "secret" $values.cache.existingSecret "key" $values.cache.existingSecretStorageUrlKey) -}}
{{- end -}}
{{- if and $values.auth.enabled $values.auth.existingSecret -}}
{{- if include "chassis.sharedKey" . -}}
{{- include "chassis.secretVariable" (dict "name" "APP_AUTH_JWT_SECRET" "secret" $values.auth.existingSecret "key" $values.auth.existingSecretJwtSecretKey) -}}
{{- else if not $values.auth.jwksUrl -}}
{{- include "chassis.secretVariable" (dict "name" "APP_AUTH_JWT_PUBLIC_KEY" "secret" $values.auth.existingSecret "key" $values.auth.existingSecretJwtPublicKeyKey) -}}
{{- end -}}
{{- end -}}
{{- if and $values.tracing.enabled $values.tracing.existingSecret -}}
{{- include "chassis.secretVariable" (dict "name" "APP_OTEL_EXPORTER_OTLP_HEADERS" "secret" $values.tracing.existingSecret "key" $values.tracing.existingSecretHeadersKey) -}}
{{- end -}}
{{- end -}}

{{/*
The Host headers that are answered, as JSON: what is given, the public names, the service's own
names, the loopback, and the pod's address for Prometheus. The kubelet expands $(POD_IP), and takes
$$ for one $ in everything else.
*/}}
{{- define "chassis.trustedHosts" -}}
{{- $hosts := include "chassis.list" .Values.security.trustedHosts | fromJsonArray -}}
{{- range .Values.ingress.hosts -}}
{{- $hosts = append $hosts .host -}}
{{- end -}}
{{- $hosts = concat $hosts .Values.httpRoute.hostnames -}}
{{- if has "*" $hosts -}}
["*"]
{{- else -}}
{{- $name := include "chassis.fullname" . -}}
{{- $namespace := include "chassis.namespace" . -}}
{{- $hosts = concat $hosts (list $name (printf "%s.%s" $name $namespace) (printf "%s.%s.svc" $name $namespace) (printf "%s.%s.svc.cluster.local" $name $namespace) "localhost" "127.0.0.1" .Values.probes.hostHeader) -}}
{{- $text := compact $hosts | uniq | toJson | replace "$" "$$" -}}
{{- if .Values.security.trustPodIP -}}
{{- $text = printf "%s,\"$(POD_IP)\"]" (trimSuffix "]" $text) -}}
{{- end -}}
{{- $text -}}
{{- end -}}
{{- end -}}

{{/* The variables that only the application's own pods have, and those from Secrets. */}}
{{- define "chassis.variables" -}}
{{- if not (hasKey .Values.extraEnv "APP_TRUSTED_HOSTS") }}
{{- if .Values.security.trustPodIP }}
- name: POD_IP
  valueFrom:
    fieldRef:
      fieldPath: status.podIP
{{- end }}
- name: APP_TRUSTED_HOSTS
  value: {{ include "chassis.trustedHosts" . | toYaml }}
{{- end }}
{{- include "chassis.secretVariables" . -}}
{{- end -}}

{{/* Whole sources of variables; later ones win. Takes root and the name of the ConfigMap and Secret. */}}
{{- define "chassis.sources" -}}
- configMapRef:
    name: {{ toYaml .name }}
{{- if include "chassis.hasSecret" .root }}
- secretRef:
    name: {{ toYaml .name }}
{{- end }}
{{- with .root.Values.existingSecret }}
- secretRef:
    name: {{ quote . }}
{{- end }}
{{- with .root.Values.extraEnvFrom }}
{{ toYaml . }}
{{- end }}
{{- end -}}
