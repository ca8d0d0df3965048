import type { Config } from '../config/index.ts'

/** What a configuration must know about an ingress controller. Sources: the annotation references of each project. */
export interface Controller {
  readonly label: string
  /** The class that its own installation makes; empty where classes are not used or not known. */
  readonly className: string
  /** The namespace that its own installation uses; empty where it does not run as pods. */
  readonly namespace: string
  /** Networks that requests come from where they come from no pods. */
  readonly networks: readonly string[]
  /** Whether it can refuse paths; the chart knows how. */
  readonly closes: boolean
  /** Whether it sends clients to HTTPS by what the configuration tells it. */
  readonly redirects: boolean
  /** Whether it reads certificates from Secrets. */
  readonly readsSecrets: boolean
  /** For how many seconds it keeps idle connections to the application. */
  idleSeconds(config: Config): number
  /** For how many seconds it waits for an answer; undefined where the annotations see to that, or nothing bounds it. */
  readonly waitSeconds?: number
  /** The annotations by which it fits the application. */
  annotations(config: Config): Readonly<Record<string, string>>
}

/** Seconds that a proxy waits: longer than a request may take, so that the application's own 504 is what callers get. */
export const proxySeconds = (config: Config): number => config['app.requestTimeout'] + 5

const servesTls = (config: Config): boolean => config['public.tls'] === 'secret'

const none = (): Readonly<Record<string, string>> => ({})

const usual = { className: '', namespace: '', networks: [], closes: false, redirects: true, readsSecrets: true, idleSeconds: () => 60, annotations: none } as const

const loadBalancerIdle = (config: Config): number => Math.max(60, proxySeconds(config))

/** The controllers by the value of `ingress.controller`. */
const controllers: Readonly<Record<Config['ingress.controller'], Controller>> = {
  generic: { ...usual, label: 'your ingress controller', redirects: false, waitSeconds: 60 },
  // It waits without bound, buffers no bodies, and redirects at its entry points for all services at once.
  traefik: { ...usual, label: 'Traefik', className: 'traefik', namespace: 'traefik', closes: true, redirects: false, idleSeconds: () => 90 },
  // Its timeouts are for the ConfigMap of the controller alone.
  haproxy: {
    ...usual,
    label: 'HAProxy',
    className: 'haproxy',
    namespace: 'haproxy-controller',
    closes: true,
    waitSeconds: 50,
    annotations: (config): Readonly<Record<string, string>> =>
      servesTls(config) ? { 'haproxy.org/ssl-redirect': 'true', 'haproxy.org/ssl-redirect-code': '301' } : { 'haproxy.org/ssl-redirect': 'false' },
  },
  'f5-nginx': {
    ...usual,
    label: 'NGINX',
    className: 'nginx',
    namespace: 'nginx-ingress',
    annotations: (config) => ({
      'nginx.org/proxy-read-timeout': `${proxySeconds(config)}s`,
      'nginx.org/proxy-send-timeout': `${proxySeconds(config)}s`,
      'nginx.org/client-max-body-size': String(config['security.maxRequestBodyBytes']),
      'ingress.kubernetes.io/ssl-redirect': String(servesTls(config)),
    }),
  },
  // It finds certificates by host name in ACM, and asks pods by address for their health.
  alb: {
    ...usual,
    label: 'the AWS load balancer',
    className: 'alb',
    closes: true,
    readsSecrets: false,
    idleSeconds: loadBalancerIdle,
    annotations: (config) => ({
      'alb.ingress.kubernetes.io/target-type': 'ip',
      'alb.ingress.kubernetes.io/load-balancer-attributes': `idle_timeout.timeout_seconds=${loadBalancerIdle(config)}`,
      'alb.ingress.kubernetes.io/target-group-attributes': `deregistration_delay.timeout_seconds=${proxySeconds(config)}`,
      'alb.ingress.kubernetes.io/healthcheck-path': config['app.readinessCheckPath'],
      'alb.ingress.kubernetes.io/success-codes': '200',
      ...(servesTls(config)
        ? { 'alb.ingress.kubernetes.io/listen-ports': '[{"HTTP":80},{"HTTPS":443}]', 'alb.ingress.kubernetes.io/ssl-redirect': '443' }
        : { 'alb.ingress.kubernetes.io/listen-ports': '[{"HTTP":80}]' }),
    }),
  },
  // The chart brings what annotations cannot say; its health check is made of the readiness probe.
  gce: {
    ...usual,
    label: 'the Google Cloud load balancer',
    networks: ['130.211.0.0/22', '35.191.0.0/16'],
    idleSeconds: () => 600,
    annotations: () => ({ 'kubernetes.io/ingress.class': 'gce' }),
  },
  'ingress-nginx': {
    ...usual,
    label: 'ingress-nginx',
    className: 'nginx',
    namespace: 'ingress-nginx',
    closes: true,
    annotations: (config) => ({
      'nginx.ingress.kubernetes.io/proxy-read-timeout': String(proxySeconds(config)),
      'nginx.ingress.kubernetes.io/proxy-send-timeout': String(proxySeconds(config)),
      'nginx.ingress.kubernetes.io/proxy-body-size': String(config['security.maxRequestBodyBytes']),
      'nginx.ingress.kubernetes.io/ssl-redirect': String(servesTls(config)),
    }),
  },
}

/** The ingress controller of a configuration. */
export const controllerOf = (config: Config): Controller => controllers[config['ingress.controller']] ?? controllers.generic

/** The class of the Ingress: the given one, else the controller's usual one. */
export const ingressClassOf = (config: Config): string => config['ingress.className'] || controllerOf(config).className

/** The annotations of the Ingress: the given ones win over those that follow from the controller. */
export const ingressAnnotations = (config: Config): Readonly<Record<string, string>> => {
  const controller = controllerOf(config)
  const issuer = servesTls(config) && controller.readsSecrets && config['public.clusterIssuer']
  return { ...controller.annotations(config), ...(issuer ? { 'cert-manager.io/cluster-issuer': issuer } : {}), ...config['ingress.annotations'] }
}
