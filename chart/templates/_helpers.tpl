{{/* A scalar as text: whole numbers keep their digits (values files make them floats), nothing is "". */}}
{{- define "chassis.text" -}}
{{- if kindIs "float64" . -}}
{{- if eq (float64 (int64 .)) . }}{{ int64 . }}{{ else }}{{ . }}{{ end -}}
{{- else if not (kindIs "invalid" .) -}}
{{- . -}}
{{- end -}}
{{- end -}}

{{/* A map as YAML whose values are all texts, as labels, annotations and environments want them. */}}
{{- define "chassis.strings" -}}
{{- $texts := dict -}}
{{- range $key, $value := . -}}
{{- $_ := set $texts $key (include "chassis.text" $value) -}}
{{- end -}}
{{- toYaml $texts -}}
{{- end -}}

{{/* A list setting as a JSON array without blanks; it is given as a list or as the JSON text of one. */}}
{{- define "chassis.list" -}}
{{- if kindIs "string" . -}}
{{- if trim . }}{{ fromJsonArray . | toJson }}{{ else }}[]{{ end -}}
{{- else -}}
{{- . | default list | toJson -}}
{{- end -}}
{{- end -}}

{{/* An int-or-percent setting: numbers bare, percentages quoted. */}}
{{- define "chassis.intOrPercent" -}}
{{- $text := include "chassis.text" . -}}
{{- if hasSuffix "%" $text }}{{ quote $text }}{{ else }}{{ atoi $text }}{{ end -}}
{{- end -}}

{{/*
A name short enough for every suffix the chart adds: "-litestream" still fits into 63 characters,
and so does the hash that a StatefulSet puts behind its own name. What is cut keeps a hash of the
whole, so that two long names stay two names.
*/}}
{{- define "chassis.short" -}}
{{- $name := replace "." "-" . -}}
{{- if gt (len $name) 52 -}}
{{- printf "%s-%s" (trunc 43 $name | trimSuffix "-") (sha256sum $name | trunc 8) -}}
{{- else -}}
{{- $name -}}
{{- end -}}
{{- end -}}

{{- define "chassis.fullname" -}}
{{- include "chassis.short" (.Values.fullnameOverride | default .Release.Name) -}}
{{- end -}}

{{- define "chassis.name" -}}
{{- include "chassis.short" (.Values.nameOverride | default (include "chassis.fullname" .)) -}}
{{- end -}}

{{- define "chassis.namespace" -}}
{{- .Values.namespaceOverride | default .Release.Namespace -}}
{{- end -}}

{{- define "chassis.serviceAccountName" -}}
{{- if .Values.serviceAccount.create -}}
{{- .Values.serviceAccount.name | default (include "chassis.fullname" .) -}}
{{- else -}}
{{- .Values.serviceAccount.name | default "default" -}}
{{- end -}}
{{- end -}}

{{/* The version that runs, by its tag. */}}
{{- define "chassis.version" -}}
{{- .Values.image.tag | default (printf "v%s" .Chart.AppVersion) -}}
{{- end -}}

{{/* What a Service, a disruption budget or a policy finds the application's pods by, and nothing else. */}}
{{- define "chassis.selector" -}}
{{- toYaml (dict "app.kubernetes.io/name" (include "chassis.name" .) "app.kubernetes.io/instance" .Release.Name) -}}
{{- end -}}

{{/*
The labels of an object. Takes root and component; a part ("migrate", "test") sets the name label
apart, so that no selector of the application finds it; more are labels that win over common ones.
*/}}
{{- define "chassis.labels" -}}
{{- $labels := dict "helm.sh/chart" (printf "%s-%s" .root.Chart.Name .root.Chart.Version | replace "+" "_") -}}
{{- $pod := include "chassis.podLabels" . | fromYaml -}}
{{- range $key, $value := $pod -}}
{{- $_ := set $labels $key $value -}}
{{- end -}}
{{- $_ := set $labels "app.kubernetes.io/managed-by" .root.Release.Service -}}
{{- toYaml $labels -}}
{{- end -}}

{{/* The labels of a pod: without the chart's version, so that a new chart alone restarts nothing. */}}
{{- define "chassis.podLabels" -}}
{{- $labels := dict -}}
{{- $version := include "chassis.version" .root | trunc 63 | trimAll "._-" -}}
{{- if $version -}}
{{- $_ := set $labels "app.kubernetes.io/version" $version -}}
{{- end -}}
{{- range $key, $value := .root.Values.commonLabels -}}
{{- $_ := set $labels $key $value -}}
{{- end -}}
{{- range $key, $value := .more -}}
{{- $_ := set $labels $key $value -}}
{{- end -}}
{{- $name := include "chassis.name" .root -}}
{{- $_ := set $labels "app.kubernetes.io/name" (ternary (printf "%s-%s" $name .part) $name (hasKey . "part")) -}}
{{- $_ := set $labels "app.kubernetes.io/instance" .root.Release.Name -}}
{{- $_ := set $labels "app.kubernetes.io/component" .component -}}
{{- include "chassis.strings" $labels -}}
{{- end -}}

{{/* An image as a pod names it. Takes root, image and tag; a digest wins over the tag. */}}
{{- define "chassis.image" -}}
{{- with (.root.Values.global).imageRegistry | default .image.registry }}{{ . }}/{{ end -}}
{{- .image.repository -}}
{{- if .image.digest }}@{{ .image.digest }}{{ else }}:{{ .tag }}{{ end -}}
{{- end -}}

{{- define "chassis.appImage" -}}
{{- include "chassis.image" (dict "root" . "image" .Values.image "tag" (include "chassis.version" .)) -}}
{{- end -}}

{{/* The names of the pull secrets, for all charts of an umbrella first; given as texts or as {name}. */}}
{{- define "chassis.pullSecrets" -}}
{{- $names := list -}}
{{- range concat ((.Values.global).imagePullSecrets | default list) .Values.imagePullSecrets -}}
{{- if kindIs "map" . -}}
{{- $names = append $names .name -}}
{{- else -}}
{{- $names = append $names . -}}
{{- end -}}
{{- end -}}
{{- range uniq $names }}
- name: {{ quote . }}
{{- end -}}
{{- end -}}

{{- define "chassis.kubeVersion" -}}
{{- .Values.kubeVersionOverride | default .Capabilities.KubeVersion.Version -}}
{{- end -}}

{{/* SQLite lives on a volume of its own, so it gets a StatefulSet; everything else scales. */}}
{{- define "chassis.workloadKind" -}}
{{- if eq .Values.database.backend "sqlite" }}StatefulSet{{ else }}Deployment{{ end -}}
{{- end -}}

{{/* How many pods run at least. */}}
{{- define "chassis.pods" -}}
{{- if .Values.autoscaling.enabled }}{{ int64 .Values.autoscaling.minReplicas }}{{ else }}{{ int64 .Values.replicaCount }}{{ end -}}
{{- end -}}

{{/* How many pods may run. */}}
{{- define "chassis.mostPods" -}}
{{- if .Values.autoscaling.enabled }}{{ int64 .Values.autoscaling.maxReplicas }}{{ else }}{{ int64 .Values.replicaCount }}{{ end -}}
{{- end -}}

{{/* "true" when a Job migrates before the rollout; SQLite migrates at start, for its volume is in use. */}}
{{- define "chassis.hasMigrationJob" -}}
{{- if and .Values.migrations.enabled (ne .Values.database.backend "sqlite") }}true{{ end -}}
{{- end -}}

{{- define "chassis.runsMigrations" -}}
{{- if or .Values.database.runMigrations (and .Values.migrations.enabled (eq .Values.database.backend "sqlite")) }}true{{ else }}false{{ end -}}
{{- end -}}

{{- define "chassis.hasLitestream" -}}
{{- if and .Values.litestream.enabled (eq .Values.database.backend "sqlite") }}true{{ end -}}
{{- end -}}

{{/* The SQLite file by its absolute path. */}}
{{- define "chassis.sqliteFile" -}}
{{- printf "/app/%s" (.Values.database.sqlite.path | trimPrefix "./" | trimPrefix "/app/") -}}
{{- end -}}

{{/* "true" when the limiter counts in Redis. */}}
{{- define "chassis.limitsInRedis" -}}
{{- if and .Values.rateLimit.enabled (eq .Values.rateLimit.storageBackend "redis") }}true{{ end -}}
{{- end -}}

{{- define "chassis.cachesInRedis" -}}
{{- if and .Values.cache.enabled (eq .Values.cache.backend "redis") }}true{{ end -}}
{{- end -}}

{{- define "chassis.usesRedis" -}}
{{- if or (include "chassis.limitsInRedis" .) (include "chassis.cachesInRedis" .) }}true{{ end -}}
{{- end -}}

{{/* "true" when somebody names the limiter's whole Redis URL. */}}
{{- define "chassis.limiterHasUrl" -}}
{{- if or .Values.rateLimit.storageUrl .Values.rateLimit.existingSecret (hasKey .Values.extraSecretEnv "APP_RATE_LIMIT_STORAGE_URL") }}true{{ end -}}
{{- end -}}

{{/* "true" when Redis is reached by redis.host and not by a whole URL. */}}
{{- define "chassis.usesRedisHost" -}}
{{- if or (and (include "chassis.limitsInRedis" .) (not (include "chassis.limiterHasUrl" .))) (and (include "chassis.cachesInRedis" .) (not .Values.cache.explicitUrl)) }}true{{ end -}}
{{- end -}}

{{/* "true" when the image's entrypoint wants the limiter's URL, which the settings alone would derive. */}}
{{- define "chassis.derivesLimiterUrl" -}}
{{- if and (include "chassis.limitsInRedis" .) (gt (int64 .Values.app.workers) 1) (not (include "chassis.limiterHasUrl" .)) }}true{{ end -}}
{{- end -}}

{{/* The limiter's URL from the Redis settings. Takes root and the password as it shall stand there. */}}
{{- define "chassis.limiterUrl" -}}
{{- $redis := .root.Values.redis -}}
redis://{{ with .password }}:{{ . }}@{{ end }}{{ $redis.host }}:{{ int64 $redis.port }}/{{ int64 $redis.db }}
{{- end -}}

{{/* "HS" when tokens are signed with a shared secret. */}}
{{- define "chassis.sharedKey" -}}
{{- if hasPrefix "HS" (include "chassis.list" .Values.auth.jwtAlgorithms | fromJsonArray | first | toString) }}HS{{ end -}}
{{- end -}}

{{/* "true" when keys are fetched: from auth.jwksUrl or, where no key is given at all, from a URL in sources that the chart cannot see. */}}
{{- define "chassis.fetchesKeys" -}}
{{- $auth := .Values.auth -}}
{{- $given := or (include "chassis.sharedKey" .) $auth.jwtPublicKey (hasKey .Values.extraSecretEnv "APP_AUTH_JWT_PUBLIC_KEY") $auth.existingSecret -}}
{{- if and $auth.enabled (or $auth.jwksUrl (not $given)) }}true{{ end -}}
{{- end -}}

{{/* The port that a URL leads to, whatever its password looks like. */}}
{{- define "chassis.portOf" -}}
{{- $scheme := splitList "://" . | first -}}
{{- $authority := trimPrefix (printf "%s://" $scheme) . | regexFind "^[^?#]*@[^/?#@]*|^[^/?#]*" -}}
{{- $port := splitList "@" $authority | last | regexFind ":[0-9]+$" | trimPrefix ":" -}}
{{- if $port -}}
{{- $port -}}
{{- else -}}
{{- get (dict "http" "80" "https" "443" "redis" "6379" "rediss" "6379" "sftp" "22" "mysql" "3306" "mariadb" "3306") (splitList "+" $scheme | first) | default "5432" -}}
{{- end -}}
{{- end -}}

{{/* A network for a policy: a bare address becomes the network of itself. */}}
{{- define "chassis.cidr" -}}
{{- if contains "/" . }}{{ . }}{{ else if contains ":" . }}{{ . }}/128{{ else }}{{ . }}/32{{ end -}}
{{- end -}}

{{/* The Host header of probes and tests: a name that the application trusts. */}}
{{- define "chassis.hostHeader" -}}
{{- .Values.probes.hostHeader | default (include "chassis.fullname" .) -}}
{{- end -}}
