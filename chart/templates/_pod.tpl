{{/* The hardened security context of pods, and over it what is given; a null takes a key away, for clusters that give ids themselves. */}}
{{- define "chassis.podSecurityContext" -}}
{{- $context := dict "runAsNonRoot" true "runAsUser" 10001 "runAsGroup" 10001 "fsGroup" 10001 "fsGroupChangePolicy" "OnRootMismatch" "seccompProfile" (dict "type" "RuntimeDefault") -}}
{{- include "chassis.overlay" (dict "under" $context "over" .Values.podSecurityContext) -}}
{{- end -}}

{{- define "chassis.containerSecurityContext" -}}
{{- $context := dict "runAsNonRoot" true "runAsUser" 10001 "runAsGroup" 10001 "allowPrivilegeEscalation" false "readOnlyRootFilesystem" true "capabilities" (dict "drop" (list "ALL")) "seccompProfile" (dict "type" "RuntimeDefault") -}}
{{- range $key := list "runAsUser" "runAsGroup" -}}
{{- if hasKey $.Values.podSecurityContext $key -}}
{{- $_ := unset $context $key -}}
{{- end -}}
{{- end -}}
{{- include "chassis.overlay" (dict "under" $context "over" .Values.containerSecurityContext) -}}
{{- end -}}

{{/* One map over another, key by key; null takes a key away. */}}
{{- define "chassis.overlay" -}}
{{- $result := dict -}}
{{- range $map := list .under .over -}}
{{- range $key, $value := $map -}}
{{- $_ := set $result $key $value -}}
{{- end -}}
{{- end -}}
{{- range $key, $value := deepCopy $result -}}
{{- if kindIs "invalid" $value -}}
{{- $_ := unset $result $key -}}
{{- end -}}
{{- end -}}
{{- toYaml $result -}}
{{- end -}}

{{/* Containers that the user adds, with what the restricted pod security standard asks of each. Takes root and containers. */}}
{{- define "chassis.addedContainers" -}}
{{- $hardened := dict "runAsNonRoot" true "allowPrivilegeEscalation" false "capabilities" (dict "drop" (list "ALL")) "seccompProfile" (dict "type" "RuntimeDefault") -}}
{{- range .containers }}
{{- $container := deepCopy . -}}
{{- $_ := set $container "securityContext" (include "chassis.overlay" (dict "under" $hardened "over" (.securityContext | default dict)) | fromYaml) }}
{{ list $container | toYaml }}
{{- end -}}
{{- end -}}

{{/* The fields that every pod of the chart has, but for where it may run. Takes root and automount. */}}
{{- define "chassis.podBase" -}}
automountServiceAccountToken: {{ .automount }}
enableServiceLinks: false
{{- with include "chassis.pullSecrets" .root }}
imagePullSecrets:
  {{- . | trim | nindent 2 }}
{{- end }}
securityContext:
  {{- include "chassis.podSecurityContext" .root | nindent 2 }}
{{- with .root.Values.priorityClassName }}
priorityClassName: {{ quote . }}
{{- end }}
{{- with .root.Values.runtimeClassName }}
runtimeClassName: {{ quote . }}
{{- end }}
{{- with .root.Values.nodeSelector }}
nodeSelector:
  {{- include "chassis.strings" . | nindent 2 }}
{{- end }}
{{- with .root.Values.tolerations }}
tolerations:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .root.Values.hostAliases }}
hostAliases:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- end -}}

{{/* Room for temporary files: bodies are spooled there, so large ones need more. */}}
{{- define "chassis.temporarySize" -}}
{{- max 64 (div (mul (int64 .Values.security.maxRequestBodyBytes) 4) 1048576) }}Mi
{{- end -}}

{{/* The volumes of every pod that runs the application's image. */}}
{{- define "chassis.volumes" -}}
- name: tmp
  emptyDir:
    sizeLimit: {{ include "chassis.temporarySize" . }}
- name: var-tmp
  emptyDir:
    sizeLimit: 64Mi
{{- with .Values.extraVolumes }}
{{ toYaml . }}
{{- end }}
{{- end -}}

{{- define "chassis.volumeMounts" -}}
- name: tmp
  mountPath: /tmp
- name: var-tmp
  mountPath: /var/tmp
{{- with .Values.extraVolumeMounts }}
{{ toYaml . }}
{{- end }}
{{- end -}}

{{/* One probe. Takes root, probe and path; the Host header is one that the application trusts. */}}
{{- define "chassis.probe" -}}
httpGet:
  path: {{ toYaml .path }}
  port: http
  httpHeaders:
    - name: Host
      value: {{ include "chassis.hostHeader" .root | toYaml }}
initialDelaySeconds: {{ int64 .probe.initialDelaySeconds }}
periodSeconds: {{ int64 .probe.periodSeconds }}
timeoutSeconds: {{ int64 .probe.timeoutSeconds }}
failureThreshold: {{ int64 .probe.failureThreshold }}
{{- end -}}

{{/* A given affinity, or the preset that keeps pods on different nodes. */}}
{{- define "chassis.affinity" -}}
{{- if .Values.affinity -}}
{{- toYaml .Values.affinity -}}
{{- else if eq (include "chassis.workloadKind" .) "Deployment" -}}
{{- if eq .Values.podAntiAffinityType "soft" -}}
podAntiAffinity:
  preferredDuringSchedulingIgnoredDuringExecution:
    - weight: 100
      podAffinityTerm:
        topologyKey: kubernetes.io/hostname
        labelSelector:
          matchLabels:
            {{- include "chassis.selector" . | nindent 12 }}
{{- else if eq .Values.podAntiAffinityType "hard" -}}
podAntiAffinity:
  requiredDuringSchedulingIgnoredDuringExecution:
    - topologyKey: kubernetes.io/hostname
      labelSelector:
        matchLabels:
          {{- include "chassis.selector" . | nindent 10 }}
{{- end -}}
{{- end -}}
{{- end -}}

{{/* Given spread constraints, each with a selector, or the preset that balances zones within one rollout. */}}
{{- define "chassis.topologySpread" -}}
{{- $selector := dict "matchLabels" (include "chassis.selector" . | fromYaml) -}}
{{- if .Values.topologySpreadConstraints -}}
{{- range .Values.topologySpreadConstraints }}
{{- $constraint := deepCopy . -}}
{{- if not .labelSelector -}}
{{- $_ := set $constraint "labelSelector" $selector -}}
{{- end }}
{{ list $constraint | toYaml }}
{{- end -}}
{{- else if and .Values.topologySpreadType (eq (include "chassis.workloadKind" .) "Deployment") }}
- topologyKey: topology.kubernetes.io/zone
  maxSkew: 1
  whenUnsatisfiable: {{ ternary "DoNotSchedule" "ScheduleAnyway" (eq .Values.topologySpreadType "hard") }}
  labelSelector:
    {{- toYaml $selector | nindent 4 }}
  matchLabelKeys:
    - pod-template-hash
{{- end -}}
{{- end -}}

{{/* The container's delay between being told to stop and being stopped, while traffic still arrives. */}}
{{- define "chassis.preStop" -}}
{{- $seconds := int64 .Values.preStopSleepSeconds -}}
{{- if $seconds -}}
preStop:
  {{- if semverCompare ">=1.30.0-0" (include "chassis.kubeVersion" .) }}
  sleep:
    seconds: {{ $seconds }}
  {{- else }}
  exec:
    command: ["sleep", "{{ $seconds }}"]
  {{- end }}
{{- end -}}
{{- end -}}

{{/* The pod template of the application, the same in a Deployment and in a StatefulSet. */}}
{{- define "chassis.podTemplate" -}}
{{- $fullname := include "chassis.fullname" . -}}
{{- $sqlite := eq .Values.database.backend "sqlite" -}}
metadata:
  annotations:
    checksum/config: {{ include "chassis.environment" . | sha256sum }}
    {{- if include "chassis.hasSecret" . }}
    checksum/secret: {{ include "chassis.inlineSecrets" . | sha256sum }}
    {{- end }}
    {{- if include "chassis.hasLitestream" . }}
    checksum/litestream: {{ include "chassis.litestreamConfig" . | sha256sum }}
    {{- end }}
    {{- with .Values.podAnnotations }}
    {{- include "chassis.strings" . | nindent 4 }}
    {{- end }}
  labels:
    {{- include "chassis.podLabels" (dict "root" . "component" "api" "more" .Values.podLabels) | nindent 4 }}
spec:
  serviceAccountName: {{ include "chassis.serviceAccountName" . | toYaml }}
  {{- include "chassis.podBase" (dict "root" . "automount" .Values.serviceAccount.automount) | nindent 2 }}
  terminationGracePeriodSeconds: {{ int64 .Values.terminationGracePeriodSeconds }}
  {{- with include "chassis.affinity" . }}
  affinity:
    {{- . | nindent 4 }}
  {{- end }}
  {{- with include "chassis.topologySpread" . | trim }}
  topologySpreadConstraints:
    {{- . | nindent 4 }}
  {{- end }}
  {{- if or .Values.initContainers (include "chassis.hasLitestream" .) }}
  initContainers:
    {{- with .Values.initContainers }}
    {{- include "chassis.addedContainers" (dict "containers" .) | trim | nindent 4 }}
    {{- end }}
    {{- if include "chassis.hasLitestream" . }}
    {{- include "chassis.litestreamContainers" . | nindent 4 }}
    {{- end }}
  {{- end }}
  containers:
    - name: {{ .Chart.Name }}
      image: {{ include "chassis.appImage" . | quote }}
      imagePullPolicy: {{ .Values.image.pullPolicy }}
      ports:
        - name: http
          containerPort: {{ int64 .Values.app.port }}
          protocol: TCP
      {{- with include "chassis.variables" . | trim }}
      env:
        {{- . | nindent 8 }}
      {{- end }}
      envFrom:
        {{- include "chassis.sources" (dict "root" . "name" $fullname) | nindent 8 }}
      startupProbe:
        {{- include "chassis.probe" (dict "root" . "probe" .Values.probes.startup "path" .Values.app.healthCheckPath) | nindent 8 }}
      livenessProbe:
        {{- include "chassis.probe" (dict "root" . "probe" .Values.probes.liveness "path" .Values.app.healthCheckPath) | nindent 8 }}
      readinessProbe:
        {{- include "chassis.probe" (dict "root" . "probe" .Values.probes.readiness "path" .Values.app.readinessCheckPath) | nindent 8 }}
      {{- with include "chassis.preStop" . }}
      lifecycle:
        {{- . | nindent 8 }}
      {{- end }}
      resources:
        {{- include "chassis.resources" . | nindent 8 }}
      securityContext:
        {{- include "chassis.containerSecurityContext" . | nindent 8 }}
      volumeMounts:
        {{- include "chassis.volumeMounts" . | nindent 8 }}
        {{- if $sqlite }}
        - name: data
          mountPath: /app/data
        {{- end }}
    {{- with .Values.sidecars }}
    {{- include "chassis.addedContainers" (dict "containers" .) | trim | nindent 4 }}
    {{- end }}
  volumes:
    {{- include "chassis.volumes" . | nindent 4 }}
    {{- if include "chassis.hasLitestream" . }}
    - name: litestream
      configMap:
        name: {{ $fullname }}-litestream
    {{- end }}
    {{- if and $sqlite .Values.persistence.existingClaim }}
    - name: data
      persistentVolumeClaim:
        claimName: {{ quote .Values.persistence.existingClaim }}
    {{- end }}
{{- end -}}
