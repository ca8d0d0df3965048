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
      help: 'Public names of the service; the application refuses requests for any other.',
    }),
    'ingress.enabled': bool(false, {
      when: onKubernetes,
      label: 'Ingress',
      help: "Routes the host names to the service through the cluster's ingress controller.",
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
        help: 'Adds what this controller needs to fit the application: class, timeouts, body size, redirect to HTTPS, health checks.',
      },
    ),
    'ingress.className': text('', {
      ...emptyOr(objectName),
      when: ingressOn,
      placeholder: 'traefik',
      label: 'Ingress class',
      help: "The controller's class; empty uses the usual one of the controller above, or the cluster's default.",
    }),
    'public.tls': choice(
      'secret',
      { secret: 'On', none: 'Off' },
      {
        when: [ingressOn, routeOn],
        label: 'TLS',
        help: 'Serves HTTPS: an Ingress with the certificate in the Secret below, a Gateway with its own.',
      },
    ),
    'public.tlsSecret': text('', {
      ...emptyOr(objectName),
      when: { ...ingressOn, 'public.tls': 'secret' },
      placeholder: '{release}-tls',
      label: 'TLS Secret',
      help: 'The Secret with the certificate, made by you or by cert-manager.',
    }),
    'public.clusterIssuer': text('', {
      ...emptyOr(objectName),
      when: { ...ingressOn, 'public.tls': 'secret' },
      placeholder: 'letsencrypt',
      label: 'cert-manager issuer',
      help: 'The ClusterIssuer that fills the TLS Secret; empty when you fill it yourself.',
    }),
    'ingress.annotations': map({
      when: ingressOn,
      advanced: true,
      label: 'Ingress annotations',
      help: 'Settings that your ingress controller reads from the Ingress; they replace those that follow from the controller.',
    }),
    'ingress.closedPaths': list([], {
      ...urlPath,
      chartOnly: true,
      label: 'Closed paths',
      help: 'Path prefixes that the controller refuses; only with controllers traefik, haproxy, alb and ingress-nginx.',
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
      help: 'Only for paths other than /: a list of {host, paths: [{path, pathType}]}; empty uses the host names above.',
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
      help: 'Only for several certificates: a list of {secretName, hosts}; empty uses the TLS Secret above.',
    }),
    'httpRoute.enabled': bool(false, {
      when: onKubernetes,
      label: 'Gateway route',
      help: 'Routes the host names to the service through a Gateway of the Gateway API, in place of an Ingress.',
    }),
    'public.gateway': text('', {
      ...emptyOr(objectName),
      when: routeOn,
      placeholder: 'public',
      label: 'Gateway',
      help: 'The name of the Gateway that takes the requests.',
    }),
    'public.gatewayNamespace': text('', {
      ...emptyOr(objectName),
      when: routeOn,
      placeholder: '{namespace}',
      label: 'Gateway namespace',
      help: 'Where the Gateway is; it must admit routes from the namespace of the service.',
    }),
    'public.gatewayListener': text('', {
      ...emptyOr(objectName),
      when: routeOn,
      placeholder: 'https',
      label: 'Listener',
      help: 'The section of the Gateway that serves the names; empty takes all of its listeners.',
    }),
    'httpRoute.redirectSectionName': text('', {
      ...emptyOr(objectName),
      when: { ...routeOn, 'public.tls': 'secret' },
      placeholder: 'http',
      label: 'Redirecting listener',
      help: 'The section that serves plain HTTP; a second route there sends clients to HTTPS.',
    }),
    'httpRoute.paths': list(['/'], {
      ...urlPath,
      when: routeOn,
      advanced: true,
      label: 'Routed paths',
      help: 'Path prefixes that lead to the service; name those of your API to publish nothing else.',
    }),
    'httpRoute.timeouts': bool(true, {
      when: routeOn,
      advanced: true,
      label: 'Route timeout',
      help: "Lets the Gateway wait longer than the application's request timeout; off for implementations that do not know timeouts.",
    }),
    'httpRoute.annotations': map({
      when: routeOn,
      advanced: true,
      label: 'Route annotations',
      help: 'Annotations of the routes.',
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
      help: 'Only for several Gateways: a list of {name, namespace, sectionName}; empty uses the Gateway above.',
    }),
    'httpRoute.rules': yaml('list', {
      when: routeOn,
      advanced: true,
      label: 'More rules',
      help: 'A list of HTTPRoute rules that stand before the one of the service.',
    }),
    'httpRoute.hostnames': list([], {
      ...publicHost,
      chartOnly: true,
      label: 'Route host names',
      help: 'The host names that are routed; the application trusts them.',
    }),
    'httpRoute.closedPaths': list([], {
      ...urlPath,
      chartOnly: true,
      label: 'Closed paths',
      help: 'Path prefixes that the Gateway answers with an error.',
    }),
    'httpRoute.tls': bool(true, {
      chartOnly: true,
      label: 'HTTPS listener',
      help: 'Whether the Gateway serves HTTPS; only the printed address and advice depend on it.',
    }),
    'public.closed': bool(true, {
      when: [ingressOn, routeOn],
      label: 'Close private paths',
      help: 'Keeps /metrics and the API documentation from the public wherever the controller or Gateway can.',
    }),
    'service.type': choice('ClusterIP', ['ClusterIP', 'NodePort', 'LoadBalancer'], {
      when: onKubernetes,
      advanced: true,
      label: 'Service type',
      help: 'ClusterIP keeps the service inside the cluster, behind the ingress.',
    }),
    'service.port': int(80, [1, 65535], {
      when: onKubernetes,
      advanced: true,
      label: 'Service port',
      help: 'The port of the Service; it leads to the container port.',
    }),
    'service.annotations': map({
      when: onKubernetes,
      advanced: true,
      label: 'Service annotations',
      help: 'Settings that load balancers and meshes read from the Service.',
    }),
    ...proxyFields,
    'vm.port': int(8000, [1024, 65535], {
      when: onVm,
      label: 'Host port',
      help: 'Where the service listens on 127.0.0.1 of the machine, for a proxy in front of it.',
    }),
  },
})
