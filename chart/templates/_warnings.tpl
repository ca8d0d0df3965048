{{/* What works but is seldom meant, a sentence a line. */}}
{{- define "chassis.warnings" -}}
{{- $values := .Values -}}
{{- $sqlite := eq $values.database.backend "sqlite" -}}
{{- $most := include "chassis.mostPods" . | int64 -}}
{{- $workers := int64 $values.app.workers -}}
{{- $proxies := include "chassis.forwardedAllowIps" . -}}
{{- if and (not $values.image.digest) (has (include "chassis.version" .) (list "latest" "main" "master" "edge" "nightly" "stable" "dev")) }}
image.tag "{{ include "chassis.version" . }}" moves: pods of one release may run different code. Name a version, or a digest.
{{- end }}
{{- if $values.app.debug }}
app.debug sends tracebacks to clients.
{{- end }}
{{- if or $values.app.docsEnabled $values.app.redocEnabled $values.app.openapiEnabled }}
The API documentation can be read by everyone who reaches the service.
{{- end }}
{{- if and (or $values.app.docsEnabled $values.app.redocEnabled) (not $values.app.openapiEnabled) }}
app.docsEnabled and app.redocEnabled answer 404 until app.openapiEnabled is on.
{{- end }}
{{- if $values.app.readinessIncludeDetails }}
app.readinessIncludeDetails shows the errors of dependencies to everyone who reaches {{ $values.app.readinessCheckPath }}.
{{- end }}
{{- if eq $values.app.logFormat "text" }}
app.logFormat text leaves method, path and status out of request logs.
{{- end }}
{{- if gt $workers 1 }}
With {{ $workers }} workers a bad setting does not end the container, and each scrape sees the metrics of one worker. Pods scale better.
{{- end }}
{{- if eq $proxies "*" }}
app.forwardedAllowIps "*" believes every X-Forwarded-For, so clients choose their address{{ if and $values.rateLimit.enabled (eq $values.rateLimit.keyStrategy "ip") }} and pass the rate limit{{ end }}. Name the networks of your proxies.
{{- else if and (include "chassis.isRouted" .) (or (not $proxies) (eq $proxies "127.0.0.1")) }}
app.forwardedAllowIps does not name the {{ ternary "ingress controller" "Gateway" $values.ingress.enabled }}: the application takes it for the client, and every request for plain http.
{{- end }}
{{- if contains "[\"*\"]" (include "chassis.trustedHosts" .) }}
security.trustedHosts "*" answers requests for any host name.
{{- end }}
{{- if and $values.ingress.enabled (not $values.ingress.tls) }}
The Ingress has no TLS.
{{- end }}
{{- if and $values.httpRoute.enabled (not $values.httpRoute.tls) }}
The Gateway serves the route without TLS.
{{- end }}
{{- if and $values.ingress.enabled $values.httpRoute.enabled }}
The service is reached by an Ingress and by a Gateway: turn one off when requests have moved.
{{- end }}
{{- if and $values.ingress.enabled (eq $values.ingress.controller "ingress-nginx") }}
The community ingress-nginx is retired and gets no more fixes: move to a Gateway or another controller.
{{- end }}
{{- if and $values.security.hstsEnabled (not (include "chassis.servesTls" .)) }}
security.hstsEnabled has no effect without TLS in front, and covers all subdomains with it.
{{- end }}
{{- if include "chassis.metricsArePublic" . }}
/metrics is on the same port and needs no login: keep it from the public with closedPaths, or in your {{ ternary "ingress controller" "Gateway" $values.ingress.enabled }}.
{{- end }}
{{- if and $values.prometheusRule.enabled (not $values.serviceMonitor.enabled) }}
The alerts expect job "{{ include "chassis.fullname" . }}", which serviceMonitor.enabled would make.
{{- end }}
{{- if and $values.serviceAccount.automount }}
The pods hold a token for the Kubernetes API.
{{- end }}
{{- if $sqlite }}
{{- if eq $values.persistence.accessMode "ReadWriteMany" }}
persistence.accessMode ReadWriteMany is mostly a network filesystem, on which SQLite loses data.
{{- end }}
{{- if not $values.litestream.enabled }}
The SQLite file has no copy: turn litestream.enabled on, or back its volume up.
{{- end }}
{{- if and (eq $values.persistence.whenDeleted "Delete") (not $values.persistence.existingClaim) }}
helm uninstall deletes the SQLite file.
{{- end }}
{{- if and (not $values.migrations.enabled) (not $values.database.runMigrations) }}
Nothing migrates the database: turn migrations.enabled on.
{{- end }}
{{- else }}
{{- if and (not $values.migrations.enabled) (not $values.database.runMigrations) }}
Nothing migrates the database: turn migrations.enabled on, or run "alembic upgrade head" before each rollout.
{{- else if and $values.migrations.enabled $values.database.runMigrations }}
Migrations run twice: in a Job, and again when each pod starts. database.runMigrations is not needed.
{{- end }}
{{- $connections := mul (add (int64 $values.database.poolSize) (int64 $values.database.maxOverflow)) $workers $most -}}
{{- if gt $connections 90 }}
At most {{ $connections }} database connections may be open, and more during a rollout; Postgres accepts 100 unless told otherwise.
{{- end }}
{{- if lt $most 2 }}
A single pod is a gap whenever it is moved.
{{- end }}
{{- end }}
{{- if and $values.rateLimit.enabled (eq $values.rateLimit.storageBackend "memory") (gt (mul $most $workers) 1) }}
rateLimit.storageBackend memory counts in each pod alone, so the limit is {{ $most }} times as high.
{{- end }}
{{- if and $values.cache.enabled (eq $values.cache.backend "memory") (gt (mul $most $workers) 1) }}
cache.backend memory keeps other entries in each pod.
{{- end }}
{{- if and (include "chassis.limitsInRedis" .) (not (include "chassis.cachesInRedis" .)) }}
While Redis is away the limiter answers 500 and readiness does not notice; with cache.enabled on Redis it does.
{{- end }}
{{- $stop := int64 $values.preStopSleepSeconds -}}
{{- $grace := int64 $values.terminationGracePeriodSeconds -}}
{{- if lt $grace (add $stop (int64 $values.app.requestTimeout)) }}
terminationGracePeriodSeconds {{ $grace }} is shorter than preStopSleepSeconds plus app.requestTimeout: long requests are cut off in a rollout.
{{- else if lt $grace (add $stop (include "chassis.gracefulShutdown" . | int64)) }}
terminationGracePeriodSeconds {{ $grace }} ends pods before app.gracefulShutdownTimeout does.
{{- end }}
{{- $checks := int64 $values.database.healthTimeout -}}
{{- if $values.cache.enabled }}{{ $checks = add $checks (int64 $values.cache.healthTimeout) }}{{ end -}}
{{- if include "chassis.fetchesKeys" . }}{{ $checks = add $checks (int64 $values.auth.httpTimeout) }}{{ end -}}
{{- if le (int64 $values.probes.readiness.timeoutSeconds) $checks }}
probes.readiness.timeoutSeconds is not above the {{ $checks }} seconds that its checks may take one after another.
{{- end }}
{{- if and (eq $values.podAntiAffinityType "hard") (not $sqlite) (not $values.affinity) }}
podAntiAffinityType hard needs more nodes than pods: a rollout starts {{ include "chassis.text" $values.strategy.maxSurge }} beside those that run.
{{- end }}
{{- if and $values.tracing.enabled (eq (include "chassis.portOf" $values.tracing.otlpEndpoint) "4317") }}
tracing.otlpEndpoint leads to 4317, which is gRPC; the application speaks HTTP, on 4318.
{{- end }}
{{- if $values.networkPolicy.enabled }}
{{- if and (include "chassis.isRouted" .) (not $values.networkPolicy.ingressNamespaces) (not $values.networkPolicy.ingressFrom) }}
The network policy lets nobody outside this namespace in: name the {{ ternary "ingress controller" "Gateway" $values.ingress.enabled }}'s in networkPolicy.ingressNamespaces.
{{- end }}
{{- if and (ne $values.service.type "ClusterIP") (not $values.networkPolicy.ingressFrom) }}
The network policy lets nobody outside the cluster in: name the networks in networkPolicy.ingressFrom.
{{- end }}
{{- end }}
{{- end -}}
