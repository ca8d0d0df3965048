/**
 * Texts that links of version 1 are likely to hold; deflate refers to them instead of spelling
 * them out. Frozen: a link can only be read with the dictionary that it was written with.
 */
export const dictionary =
  '"release.kubeVersion":"app.version":"app.description":"app.requestTimeout":"app.logLevel":"app.logFormat":"app' +
  '.openapiEnabled":"app.docsEnabled":"app.redocEnabled":"app.debug":"app.host":"app.port":"app.workers":"app.for' +
  'wardedAllowIps":"app.healthCheckPath":"app.readinessCheckPath":"app.readinessIncludeDetails":"app.infoEndpoint' +
  'Enabled":"app.endpointsListingEnabled":"app.logRedactHeaders":"app.logTextTemplate":"app.logDateFormat":"app.l' +
  'oggingConfigPath":"app.gracefulShutdownTimeout":"app.keepAliveTimeout":"app.limitConcurrency":"app.limitMaxReq' +
  'uests":"app.rootPath":"image.registry":"image.digest":"image.pullPolicy":"imagePullSecrets":"ingress.className' +
  '":"public.tls":"public.tlsSecret":"public.clusterIssuer":"ingress.annotations":"ingress.hosts":"ingress.tls":"' +
  'service.type":"service.port":"service.annotations":"proxy.kind":"proxy.email":"vm.port":"database.backend":"vm' +
  '.postgres":"database.postgres.port":"database.postgres.user":"database.postgres.existingSecret":"database.post' +
  'gres.existingSecretPasswordKey":"database.postgres.sslMode":"database.postgres.sslRootCert":"database.driver":' +
  '"networkPolicy.databasePort":"database.existingSecret":"database.existingSecretUrlKey":"database.existingSecre' +
  'tAlembicUrlKey":"database.poolSize":"database.maxOverflow":"database.maxConnections":"database.poolPrePing":"d' +
  'atabase.echo":"database.connectTimeout":"database.healthTimeout":"database.sqlite.path":"database.sqlite.journ' +
  'alMode":"database.sqlite.synchronous":"database.sqlite.busyTimeout":"database.sqlite.cacheSize":"database.sqli' +
  'te.mmapSize":"database.sqlite.foreignKeys":"persistence.enabled":"persistence.size":"persistence.storageClass"' +
  ':"persistence.accessMode":"persistence.existingClaim":"persistence.annotations":"persistence.whenDeleted":"sql' +
  'ite.podManagementPolicy":"litestream.enabled":"litestream.replica.type":"litestream.replica.bucket":"litestrea' +
  'm.replica.path":"litestream.replica.endpoint":"litestream.replica.region":"litestream.replica.url":"litestream' +
  '.replica.retentionDuration":"litestream.replica.syncInterval":"litestream.existingSecret":"litestream.env":"li' +
  'testream.image.registry":"litestream.image.repository":"litestream.image.tag":"litestream.image.digest":"lites' +
  'tream.resources.requests.cpu":"litestream.resources.requests.memory":"litestream.resources.limits.memory":"mig' +
  'rations.enabled":"database.runMigrations":"migrations.backoffLimit":"migrations.activeDeadlineSeconds":"migrat' +
  'ions.ttlSecondsAfterFinished":"vm.redis":"redis.host":"redis.port":"redis.db":"redis.auth":"redis.existingSecr' +
  'et":"redis.existingSecretPasswordKey":"cache.backend":"cache.defaultTtl":"cache.maxEntries":"cache.keyPrefix":' +
  '"cache.redisDb":"cache.healthTimeout":"cache.explicitUrl":"cache.existingSecret":"cache.existingSecretStorageU' +
  'rlKey":"auth.enabled":"auth.keySource":"auth.jwksUrl":"auth.jwtIssuer":"auth.jwtAudience":"auth.jwtAlgorithms"' +
  ':"auth.existingSecret":"auth.existingSecretJwtSecretKey":"auth.existingSecretJwtPublicKeyKey":"auth.requireExp' +
  '":"auth.requireIssuer":"auth.requireAudience":"auth.clockSkew":"auth.jwksCacheTtl":"auth.jwksMaxStale":"auth.r' +
  'equireWarmup":"auth.httpTimeout":"rateLimit.requests":"rateLimit.windowSeconds":"rateLimit.keyStrategy":"rateL' +
  'imit.storageBackend":"rateLimit.explicitUrl":"rateLimit.existingSecret":"rateLimit.existingSecretStorageUrlKey' +
  '":"rateLimit.trustProxyHeaders":"rateLimit.trustedProxies":"rateLimit.proxyHeaders":"security.trustedHosts":"s' +
  'ecurity.maxRequestBodyBytes":"cors.allowedOrigins":"cors.allowCredentials":"cors.allowedMethods":"cors.allowed' +
  'Headers":"cors.exposeHeaders":"security.headersEnabled":"security.hstsEnabled":"security.hstsMaxAge":"security' +
  '.referrerPolicy":"security.permissionsPolicy":"security.contentSecurityPolicy":"security.trustProxyProtoHeader' +
  '":"security.trustedProxies":"security.trustPodIP":"networkPolicy.ingressNamespaces":"networkPolicy.monitoringN' +
  'amespace":"networkPolicy.databaseCIDR":"networkPolicy.redisCIDR":"networkPolicy.ingressFrom":"networkPolicy.ex' +
  'traEgress":"networkPolicy.redisPort":"resourcePreset":"resources.requests.cpu":"resources.requests.memory":"re' +
  'sources.limits.cpu":"resources.limits.memory":"vm.memory":"vm.cpus":"vm.pidsLimit":"replicaCount":"autoscaling' +
  '.minReplicas":"autoscaling.maxReplicas":"autoscaling.targetCPUUtilizationPercentage":"autoscaling.targetMemory' +
  'UtilizationPercentage":"autoscaling.scaleDownStabilization":"autoscaling.scaleUpStabilization":"autoscaling.sc' +
  'aleDownPods":"autoscaling.scaleUpPods":"podDisruptionBudget.enabled":"podDisruptionBudget.minAvailable":"podDi' +
  'sruptionBudget.maxUnavailable":"podDisruptionBudget.unhealthyPodEvictionPolicy":"strategy.maxSurge":"strategy.' +
  'maxUnavailable":"terminationGracePeriodSeconds":"preStopSleepSeconds":"revisionHistoryLimit":"deploymentAnnota' +
  'tions":"probes.hostHeader":"probes.liveness.initialDelaySeconds":"probes.liveness.periodSeconds":"probes.liven' +
  'ess.timeoutSeconds":"probes.liveness.failureThreshold":"probes.readiness.initialDelaySeconds":"probes.readines' +
  's.periodSeconds":"probes.readiness.timeoutSeconds":"probes.readiness.failureThreshold":"probes.startup.initial' +
  'DelaySeconds":"probes.startup.periodSeconds":"probes.startup.timeoutSeconds":"probes.startup.failureThreshold"' +
  ':"tests.enabled":"metrics.prefix":"serviceMonitor.enabled":"serviceMonitor.namespace":"serviceMonitor.labels":' +
  '"serviceMonitor.interval":"serviceMonitor.scrapeTimeout":"serviceMonitor.sampleLimit":"serviceMonitor.metricRe' +
  'labelings":"serviceMonitor.relabelings":"tracing.enabled":"tracing.otlpEndpoint":"tracing.serviceName":"tracin' +
  'g.serviceVersion":"tracing.environment":"tracing.headers":"tracing.existingSecret":"tracing.existingSecretHead' +
  'ersKey":"podAntiAffinityType":"topologySpreadType":"topologySpreadConstraints":"nodeSelector":"tolerations":"a' +
  'ffinity":"priorityClassName":"runtimeClassName":"vm.path":"vm.subnet":"vm.postgresVersion":"vm.postgresMemory"' +
  ':"vm.redisMemory":"vm.redisPersistence":"vm.logMaxSize":"vm.logMaxFile":"workflows.enabled":"workflows.environ' +
  'ment":"workflows.runner":"workflows.timeoutMinutes":"workflows.helmTimeoutMinutes":"secret.name":"existingSecr' +
  'et":"secret.create":"nameOverride":"fullnameOverride":"namespaceOverride":"commonLabels":"podLabels":"podAnnot' +
  'ations":"serviceAccount.create":"serviceAccount.name":"serviceAccount.annotations":"serviceAccount.automount":' +
  '"kubeVersionOverride":"extraEnv":"extraEnvFrom":"extraVolumes":"extraVolumeMounts":"initContainers":"sidecars"' +
  ':"hostAliases":"podSecurityContext":"containerSecurityContext":"extraObjects":"global":"127.0.0.1""10.0.0.0/8"' +
  ',"172.16.0.0/12","192.168.0.0/16".example.comhttps://sha256:"compose""container""kubernetes""sqlite""traefik""' +
  'caddy":true,:false,"release.namespace":"app.name":"image.repository":"image.tag":"public.hosts":"ingress.enabl' +
  'ed":"database.postgres.host":"database.postgres.name":"rateLimit.enabled":"cache.enabled":"autoscaling.enabled' +
  '":"networkPolicy.enabled":"metrics.enabled":"target.platforms":"release.name":'
