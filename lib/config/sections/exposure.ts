import { bool, choice, int, list, map, text, yaml } from '../field.ts'
import { objectName, publicHost, urlPath } from '../patterns.ts'
import { proxyFields } from './proxy.ts'
import { onKubernetes, onVm, section } from './section.ts'

const emptyOr = (rule: { pattern: string; hint: string; maxLength?: number }) => ({
  ...rule,
  pattern: `^(${rule.pattern.slice(1, -1)})?$`,
})

const ingressOn = { ...onKubernetes, 'ingress.enabled': true } as const
const routeOn = { ...onKubernetes, 'httpRoute.enabled': true } as const

export const exposure = section({
  id: 'exposure',
  group: 'Service',
  title: 'Exposure',
  help: 'How requests reach the service from outside, and under which names.',
  fields: {
    'public.hosts': list([], {
      ...publicHost,
      placeholder: 'api.example.com',
      label: 'Host names',
    }),
    'ingress.enabled': bool(false, {
      when: onKubernetes,
      label: 'Ingress',
    }),
    'ingress.controller': choice(
      'generic',
      {
        generic: 'Another',
        traefik: 'Traefik',
        haproxy: 'HAProxy',
        'f5-nginx': 'NGINX (F5)',
        alb: 'AWS Load Balancer',
        gce: 'Google Cloud',
        'ingress-nginx': 'ingress-nginx (retired)',
      },
      {
        when: ingressOn,
        label: 'Ingress controller',
      },
    ),
    'ingress.className': text('', {
      ...emptyOr(objectName),
      when: ingressOn,
      placeholder: 'traefik',
      label: 'Ingress class',
    }),
    'public.tls': choice(
      'secret',
      { secret: 'On', none: 'Off' },
      {
        when: [ingressOn, routeOn],
        label: 'TLS',
      },
    ),
    'public.tlsSecret': text('', {
      ...emptyOr(objectName),
      when: { ...ingressOn, 'public.tls': 'secret' },
      placeholder: '{release}-tls',
      label: 'TLS Secret',
    }),
    'public.clusterIssuer': text('', {
      ...emptyOr(objectName),
      when: { ...ingressOn, 'public.tls': 'secret' },
      placeholder: 'letsencrypt',
      label: 'cert-manager issuer',
    }),
    'ingress.annotations': map({
      when: ingressOn,
      advanced: true,
      label: 'Ingress annotations',
    }),
    'ingress.closedPaths': list([], {
      ...urlPath,
      chartOnly: true,
      label: 'Closed paths',
    }),
    'ingress.hosts': yaml('list', {
      when: ingressOn,
      advanced: true,
      accepts: {
        type: 'array',
        items: {
          type: 'object',
          required: ['host'],
          additionalProperties: false,
          properties: {
            host: { type: 'string', minLength: 1 },
            paths: {
              type: 'array',
              items: {
                type: 'object',
                additionalProperties: false,
                properties: {
                  path: { type: 'string', pattern: '^/' },
                  pathType: { enum: ['Prefix', 'Exact', 'ImplementationSpecific'] },
                },
              },
            },
          },
        },
      },
      label: 'Hosts and paths',
    }),
    'ingress.tls': yaml('list', {
      when: ingressOn,
      advanced: true,
      accepts: {
        type: 'array',
        items: {
          type: 'object',
          additionalProperties: false,
          properties: { secretName: { type: 'string' }, hosts: { type: 'array', items: { type: 'string' } } },
        },
      },
      label: 'TLS entries',
    }),
    'httpRoute.enabled': bool(false, {
      when: onKubernetes,
      label: 'Gateway route',
    }),
    'public.gateway': text('', {
      ...emptyOr(objectName),
      when: routeOn,
      placeholder: 'public',
      label: 'Gateway',
    }),
    'public.gatewayNamespace': text('', {
      ...emptyOr(objectName),
      when: routeOn,
      placeholder: '{namespace}',
      label: 'Gateway namespace',
    }),
    'public.gatewayListener': text('', {
      ...emptyOr(objectName),
      when: routeOn,
      placeholder: 'https',
      label: 'Listener',
    }),
    'httpRoute.redirectSectionName': text('', {
      ...emptyOr(objectName),
      when: { ...routeOn, 'public.tls': 'secret' },
      placeholder: 'http',
      label: 'Redirecting listener',
    }),
    'httpRoute.paths': list(['/'], {
      ...urlPath,
      when: routeOn,
      advanced: true,
      label: 'Routed paths',
    }),
    'httpRoute.timeouts': bool(true, {
      when: routeOn,
      advanced: true,
      label: 'Route timeout',
    }),
    'httpRoute.annotations': map({
      when: routeOn,
      advanced: true,
      label: 'Route annotations',
    }),
    'httpRoute.parentRefs': yaml('list', {
      when: routeOn,
      advanced: true,
      accepts: {
        type: 'array',
        items: {
          type: 'object',
          required: ['name'],
          additionalProperties: false,
          properties: {
            name: { type: 'string', minLength: 1 },
            namespace: { type: 'string' },
            sectionName: { type: 'string' },
            port: { type: 'integer', minimum: 1, maximum: 65535 },
            group: { type: 'string' },
            kind: { type: 'string' },
          },
        },
      },
      label: 'Raw parents',
    }),
    'httpRoute.rules': yaml('list', {
      when: routeOn,
      advanced: true,
      label: 'More rules',
    }),
    'httpRoute.hostnames': list([], {
      ...publicHost,
      chartOnly: true,
      label: 'Route host names',
    }),
    'httpRoute.closedPaths': list([], {
      ...urlPath,
      chartOnly: true,
      label: 'Closed paths',
    }),
    'httpRoute.tls': bool(true, {
      chartOnly: true,
      label: 'HTTPS listener',
    }),
    'public.closed': bool(true, {
      when: [ingressOn, routeOn],
      label: 'Close private paths',
    }),
    'service.type': choice('ClusterIP', ['ClusterIP', 'NodePort', 'LoadBalancer'], {
      when: onKubernetes,
      advanced: true,
      label: 'Service type',
    }),
    'service.port': int(80, [1, 65535], {
      when: onKubernetes,
      advanced: true,
      label: 'Service port',
    }),
    'service.annotations': map({
      when: onKubernetes,
      advanced: true,
      label: 'Service annotations',
    }),
    ...proxyFields,
    'vm.port': int(8000, [1024, 65535], {
      when: onVm,
      label: 'Host port',
    }),
  },
})
