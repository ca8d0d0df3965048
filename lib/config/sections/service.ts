import { bool, choice, choices, int, list, text } from '../field.ts'
import { dnsLabel, line, objectName, serviceName, urlPath } from '../patterns.ts'
import { onKubernetes, section } from './section.ts'

export const target = section({
  id: 'target',
  group: 'Service',
  title: 'Target',
  help: 'What the service is called and where it runs. Choose more than one platform to get the files of each.',
  fields: {
    'target.platforms': choices(
      ['kubernetes'],
      { kubernetes: 'Kubernetes', compose: 'VM with Compose', container: 'VM, one container' },
      { label: 'Platform', },
    ),
    'release.name': text('chassis', {
      ...serviceName,
      maxLength: 40,
      required: true,
      label: 'Service name',
    }),
    'release.namespace': text('chassis', {
      ...dnsLabel,
      required: true,
      when: onKubernetes,
      label: 'Namespace',
    }),
    'release.kubeVersion': text('1.35.0', {
      pattern: '^1\\.[0-9]{1,2}\\.[0-9]{1,2}$',
      hint: 'a version such as 1.35.0',
      required: true,
      when: onKubernetes,
      advanced: true,
      label: 'Kubernetes version',
    }),
  },
})

export const app = section({
  id: 'app',
  group: 'Service',
  title: 'Application',
  help: 'What the FastAPI process is told about itself: its name, its port, its limits and its logs.',
  fields: {
    'app.name': text('FastAPI Chassis', {
      ...line,
      maxLength: 120,
      required: true,
      env: 'APP_APP_NAME',
      label: 'Display name',
    }),
    'app.version': text('', {
      ...line,
      maxLength: 60,
      env: 'APP_APP_VERSION',
      placeholder: '{tag}',
      label: 'Version',
    }),
    'app.description': text('', {
      ...line,
      maxLength: 400,
      env: 'APP_APP_DESCRIPTION',
      advanced: true,
      label: 'Description',
    }),
    'app.requestTimeout': int(30, [1, 300], {
      env: 'APP_REQUEST_TIMEOUT',
      unit: 'seconds',
      label: 'Request timeout',
    }),
    'app.logLevel': choice('INFO', ['DEBUG', 'INFO', 'WARNING', 'ERROR', 'CRITICAL'], {
      env: 'APP_LOG_LEVEL',
      label: 'Log level',
    }),
    'app.logFormat': choice('json', { json: 'JSON', text: 'Text' }, {
      env: 'APP_LOG_FORMAT',
      label: 'Log format',
    }),
    'app.openapiEnabled': bool(false, {
      env: 'APP_OPENAPI_ENABLED',
      label: 'OpenAPI schema',
    }),
    'app.docsEnabled': bool(false, {
      env: 'APP_DOCS_ENABLED',
      label: 'Swagger UI',
    }),
    'app.redocEnabled': bool(false, {
      env: 'APP_REDOC_ENABLED',
      label: 'ReDoc',
    }),
    'app.debug': bool(false, {
      env: 'APP_DEBUG',
      advanced: true,
      label: 'Debug',
    }),
    'app.host': text('0.0.0.0', {
      pattern: '^(0\\.0\\.0\\.0|::)$',
      hint: '0.0.0.0, or :: for IPv6',
      required: true,
      env: 'APP_HOST',
      advanced: true,
      label: 'Bind address',
    }),
    'app.port': int(8000, [1024, 65535], {
      env: 'APP_PORT',
      advanced: true,
      label: 'Container port',
    }),
    'app.workers': int(1, [1, 64], {
      env: 'UVICORN_WORKERS',
      advanced: true,
      unit: 'processes',
      label: 'Workers',
    }),
    'app.forwardedAllowIps': list(['127.0.0.1'], {
      pattern: '^(\\*|([0-9]{1,3}(\\.[0-9]{1,3}){3}|[0-9A-Fa-f:]*:[0-9A-Fa-f:.]*)(/[0-9]{1,3})?)$',
      hint: 'an IP address, a network such as 10.0.0.0/8, or *',
      separator: ',',
      env: 'UVICORN_FORWARDED_ALLOW_IPS',
      label: 'Trusted proxies',
    }),
    'app.healthCheckPath': text('/healthcheck', {
      ...urlPath,
      required: true,
      env: 'APP_HEALTH_CHECK_PATH',
      advanced: true,
      label: 'Liveness path',
    }),
    'app.readinessCheckPath': text('/ready', {
      ...urlPath,
      required: true,
      env: 'APP_READINESS_CHECK_PATH',
      advanced: true,
      label: 'Readiness path',
    }),
    'app.readinessIncludeDetails': bool(false, {
      env: 'APP_READINESS_INCLUDE_DETAILS',
      advanced: true,
      label: 'Details in readiness',
    }),
    'app.infoEndpointEnabled': bool(false, {
      env: 'APP_INFO_ENDPOINT_ENABLED',
      advanced: true,
      label: 'Info endpoint',
    }),
    'app.endpointsListingEnabled': bool(false, {
      env: 'APP_ENDPOINTS_LISTING_ENABLED',
      advanced: true,
      label: 'Endpoints listing',
    }),
    'app.logRedactHeaders': bool(false, {
      env: 'APP_LOG_REDACT_HEADERS',
      advanced: true,
      label: 'Redact headers in logs',
    }),
    'app.logTextTemplate': text('', {
      ...line,
      maxLength: 400,
      env: 'APP_LOG_TEXT_TEMPLATE',
      when: { 'app.logFormat': 'text' },
      advanced: true,
      label: 'Log line template',
    }),
    'app.logDateFormat': text('', {
      ...line,
      maxLength: 60,
      env: 'APP_LOG_DATE_FORMAT',
      when: { 'app.logFormat': 'text' },
      advanced: true,
      label: 'Log date format',
    }),
    'app.loggingConfigPath': text('', {
      pattern: '^(/[^\\x00-\\x1f\\x7f$#"\' ]*)?$',
      hint: 'an absolute path inside the container',
      env: 'APP_LOGGING_CONFIG_PATH',
      advanced: true,
      label: 'Logging configuration file',
    }),
    'app.gracefulShutdownTimeout': int(0, [0, 600], {
      env: 'UVICORN_TIMEOUT_GRACEFUL_SHUTDOWN',
      advanced: true,
      unit: 'seconds',
      label: 'Graceful shutdown',
    }),
    'app.keepAliveTimeout': int(75, [1, 600], {
      env: 'UVICORN_TIMEOUT_KEEP_ALIVE',
      advanced: true,
      unit: 'seconds',
      label: 'Keep-alive',
    }),
    'app.limitConcurrency': int(0, [0, 100000], {
      env: 'UVICORN_LIMIT_CONCURRENCY',
      advanced: true,
      unit: 'requests',
      absentAt: 0,
      label: 'Concurrency limit',
    }),
    'app.limitMaxRequests': int(0, [0, 10000000], {
      env: 'UVICORN_LIMIT_MAX_REQUESTS',
      advanced: true,
      unit: 'requests',
      absentAt: 0,
      label: 'Requests before restart',
    }),
    'app.rootPath': text('', {
      pattern: '^((/[A-Za-z0-9_.~-]+)+/?)?$',
      hint: 'a path that begins with / and has no empty part',
      env: 'UVICORN_ROOT_PATH',
      advanced: true,
      label: 'Root path',
    }),
  },
})

export const image = section({
  id: 'image',
  group: 'Service',
  title: 'Image',
  help: 'Which container image runs. A digest names exactly one image; a tag can be moved.',
  fields: {
    'image.registry': text('ghcr.io', {
      pattern: '^([a-z0-9]([-a-z0-9.]*[a-z0-9])?(:[0-9]{1,5})?)?$',
      hint: 'a registry host, with a port if it has one',
      label: 'Registry',
    }),
    'image.repository': text('patrykquantumnomad/fastapi-chassis', {
      pattern: '^[a-z0-9]+([._/-]+[a-z0-9]+)*$',
      hint: 'a lower-case repository path without tag',
      required: true,
      label: 'Repository',
    }),
    'image.tag': text('v1.0.0', {
      pattern: '^([A-Za-z0-9_][A-Za-z0-9._-]{0,127})?$',
      hint: 'letters, digits, dots, dashes and underscores',
      chartDefault: '',
      label: 'Tag',
    }),
    'image.digest': text('', {
      pattern: '^(sha256:[0-9a-f]{64})?$',
      hint: 'sha256: and 64 hexadecimal digits',
      label: 'Digest',
    }),
    'image.pullPolicy': choice('Always', ['Always', 'IfNotPresent', 'Never'], {
      when: onKubernetes,
      advanced: true,
      label: 'Pull policy',
    }),
    imagePullSecrets: list([], {
      ...objectName,
      when: onKubernetes,
      advanced: true,
      accepts: {
        type: 'array',
        items: { anyOf: [{ type: 'string' }, { type: 'object', required: ['name'], properties: { name: { type: 'string' } } }] },
      },
      label: 'Pull secrets',
    }),
  },
})
