/** The ways in: Gateway routes, what each ingress controller needs, and paths that are closed. */
import { describe, expect, test } from 'vitest'
import { all, at, environment, failureOf, helm, manifestsOf, notesOf, one, over, renderWithHelm, type Manifest, type Values } from '../../testing/chart.ts'

const postgres = at('database.postgres.existingSecret', 'db')
const route = { httpRoute: { enabled: true, parentRefs: [{ name: 'public', namespace: 'gateways', sectionName: 'https' }], hostnames: ['api.example.com', '*.acme.io'] } }
const ingress = (controller: string, more: Values = {}): Values =>
  over(postgres, { ingress: { enabled: true, controller, className: 'mine', hosts: [{ host: 'api.example.com', paths: [{ path: '/v1', pathType: 'Exact' }] }, { host: 'b.example.com' }], tls: [{ secretName: 'tls' }] } }, more)
const closed = at('ingress.closedPaths', ['/metrics', '/docs'])

const routed = (values: Values = {}, name = 'orders'): Manifest => one(manifestsOf(over(postgres, route, values)), 'HTTPRoute', name).spec
const pathsOf = (rule: Manifest): readonly string[] => rule.matches.map(({ path }: Manifest) => `${path.type} ${path.value}`)

/** The fields that the Gateway API gives a route, its rules and its references; nothing else may stand there. */
const known = { spec: ['hostnames', 'parentRefs', 'rules'], parent: ['group', 'kind', 'name', 'namespace', 'port', 'sectionName'], rule: ['backendRefs', 'filters', 'matches', 'name', 'timeouts'] }
const onlyKnown = (object: Manifest, fields: readonly string[]): void => expect(Object.keys(object).filter((key) => !fields.includes(key))).toEqual([])

describe.skipIf(helm === undefined)('a Gateway', () => {
  test('gets a route to the Service that waits longer than the application', () => {
    const spec = routed({ service: { port: 8080 }, app: { requestTimeout: 90 } })
    expect(spec).toEqual({
      parentRefs: [{ name: 'public', namespace: 'gateways', sectionName: 'https' }],
      hostnames: ['api.example.com', '*.acme.io'],
      rules: [{ matches: [{ path: { type: 'PathPrefix', value: '/' } }], timeouts: { request: '95s' }, backendRefs: [{ name: 'orders', port: 8080 }] }],
    })
  })

  test('gets nothing that its API does not know', () => {
    const manifests = manifestsOf(over(postgres, route, at('httpRoute.redirectSectionName', 'http'), at('httpRoute.closedPaths', ['/metrics'])))
    for (const { apiVersion, spec } of all(manifests, 'HTTPRoute')) {
      expect(apiVersion).toBe('gateway.networking.k8s.io/v1')
      onlyKnown(spec, known.spec)
      for (const parent of spec.parentRefs) onlyKnown(parent, known.parent)
      for (const rule of spec.rules) onlyKnown(rule, known.rule)
    }
  })

  test('leads only given paths, and closed ones nowhere', () => {
    const { rules } = routed({ httpRoute: { paths: ['/api', '/v1'], closedPaths: ['/metrics', '/api/docs'], timeouts: false } })
    expect(rules.map(pathsOf)).toEqual([['PathPrefix /metrics', 'PathPrefix /api/docs'], ['PathPrefix /api', 'PathPrefix /v1']])
    expect(rules[0]).not.toHaveProperty('backendRefs')
    expect(rules[1]).not.toHaveProperty('timeouts')
  })

  test('has raw rules first', () => {
    const mine = { matches: [{ path: { type: 'Exact', value: '/old' } }], filters: [{ type: 'RequestRedirect', requestRedirect: { hostname: 'old.example.com' } }] }
    expect(routed({ httpRoute: { rules: [mine] } }).rules[0]).toEqual(mine)
  })

  test('redirects on the plain listener of each parent once', () => {
    const parents = [{ name: 'public', sectionName: 'https' }, { name: 'public', sectionName: 'wild' }, { name: 'inside', namespace: 'x', sectionName: 'https', port: 443 }]
    const spec = routed({ httpRoute: { parentRefs: parents, redirectSectionName: 'http' } }, 'orders-redirect')
    expect(spec.parentRefs).toEqual([{ name: 'public', sectionName: 'http' }, { name: 'inside', namespace: 'x', sectionName: 'http' }])
    expect(spec.rules).toEqual([{ filters: [{ type: 'RequestRedirect', requestRedirect: { scheme: 'https', statusCode: 301 } }] }])
    expect(spec.hostnames).toEqual(['api.example.com', '*.acme.io'])
  })

  test('has its names trusted, and printed', () => {
    expect(JSON.parse(environment(manifestsOf(over(postgres, route))).APP_TRUSTED_HOSTS as string)).toEqual(expect.arrayContaining(['api.example.com', '*.acme.io']))
    expect(notesOf(over(postgres, route))).toContain('  https://api.example.com/\n')
    expect(notesOf(over(postgres, route, at('httpRoute.tls', false)))).toContain('  http://api.example.com/\n')
  })

  test.each<[string, Values, string]>([
    ['no parent', { httpRoute: { parentRefs: [] } }, 'httpRoute.parentRefs: a route needs a Gateway'],
    ['no names', { httpRoute: { hostnames: [] } }, 'httpRoute.hostnames: a route without names'],
    ['no paths', { httpRoute: { paths: [] } }, 'httpRoute.paths'],
    ['a parent that has no name', { httpRoute: { parentRefs: [{ namespace: 'x' }] } }, "missing property 'name'"],
    ['one listener for both', { httpRoute: { redirectSectionName: 'https' } }, 'httpRoute.redirectSectionName: Gateway public would serve and redirect'],
    ['all listeners and a redirect', { httpRoute: { parentRefs: [{ name: 'public' }], redirectSectionName: 'http' } }, 'httpRoute.redirectSectionName'],
  ])('refuses %s', (_, values, words) => expect(failureOf(over(postgres, route, values))).toContain(words))

  test('beside an Ingress is advised against', () => {
    expect(notesOf(over(ingress('generic'), route))).toContain('reached by an Ingress and by a Gateway')
  })
})

describe.skipIf(helm === undefined)('closed paths', () => {
  const objects = (controller: string, more: Values = closed): readonly Manifest[] => manifestsOf(ingress(controller, more))

  test.each([
    ['traefik', { 'traefik.ingress.kubernetes.io/router.middlewares': 'prod-orders-closed@kubernetescrd' }],
    ['haproxy', { 'haproxy.org/deny-list': '0.0.0.0/0,::/0' }],
    ['ingress-nginx', { 'nginx.ingress.kubernetes.io/whitelist-source-range': '127.0.0.1/32' }],
  ])('%s refuses them on an Ingress of their own, with the same class, names and certificate', (controller, annotations) => {
    const manifests = objects(controller)
    const { metadata, spec } = one(manifests, 'Ingress', 'orders-closed')
    expect(metadata.annotations).toEqual(annotations)
    const main = one(manifests, 'Ingress', 'orders').spec
    expect([spec.ingressClassName, spec.tls]).toEqual([main.ingressClassName, main.tls])
    expect(spec.rules.map(({ host }: Manifest) => host)).toEqual(['api.example.com', 'b.example.com'])
    for (const { http } of spec.rules) expect(http.paths.map(({ path, pathType }: Manifest) => `${pathType} ${path}`)).toEqual(['Prefix /metrics', 'Prefix /docs'])
    expect(main.rules[0].http.paths).toHaveLength(1)
  })

  test('Traefik gets the middleware that the annotation names', () => {
    expect(one(objects('traefik'), 'Middleware', 'orders-closed')).toMatchObject({ apiVersion: 'traefik.io/v1alpha1', metadata: { namespace: 'prod' }, spec: { ipAllowList: { sourceRange: ['127.0.0.1/32'] } } })
    for (const controller of ['haproxy', 'ingress-nginx', 'alb']) expect(all(objects(controller), 'Middleware')).toEqual([])
  })

  test('an AWS load balancer answers them itself, before everything else', () => {
    const manifests = objects('alb')
    expect(all(manifests, 'Ingress')).toHaveLength(1)
    const { metadata, spec } = one(manifests, 'Ingress')
    const action = JSON.parse(metadata.annotations['alb.ingress.kubernetes.io/actions.closed'])
    expect(action).toMatchObject({ type: 'fixed-response', fixedResponseConfig: { statusCode: '404' } })
    expect(spec.rules[0].http.paths.map(({ path, backend }: Manifest) => `${path} ${backend.service.name}`)).toEqual(['/metrics closed', '/docs closed', '/v1 orders'])
    expect(spec.rules[0].http.paths[0].backend.service.port).toEqual({ name: 'use-annotation' })
  })

  test.each(['generic', 'f5-nginx', 'gce'])('%s cannot, and says so', (controller) => {
    expect(failureOf(ingress(controller, closed))).toContain(`ingress.closedPaths: ingress.controller ${controller} has no way to refuse paths`)
    expect(all(objects(controller, {}), 'Ingress')).toHaveLength(1)
  })
})

describe.skipIf(helm === undefined)('Google Cloud', () => {
  test('gets its timeout and redirect by objects of their own', () => {
    const manifests = manifestsOf(ingress('gce', { app: { requestTimeout: 60 } }))
    expect(one(manifests, 'BackendConfig').spec).toMatchObject({ timeoutSec: 65 })
    expect(one(manifests, 'FrontendConfig').spec.redirectToHttps.enabled).toBe(true)
    expect(one(manifests, 'Ingress').metadata.annotations).toEqual({ 'networking.gke.io/v1beta1.FrontendConfig': 'orders' })
    const { annotations } = one(manifests, 'Service', 'orders').metadata
    expect(JSON.parse(annotations['cloud.google.com/backend-config'])).toEqual({ default: 'orders' })
    expect(one(manifestsOf(ingress('gce', at('ingress.tls', []))), 'FrontendConfig').spec.redirectToHttps.enabled).toBe(false)
  })

  test('given annotations win', () => {
    const values = ingress('gce', { ingress: { annotations: { 'networking.gke.io/v1beta1.FrontendConfig': 'mine', other: 1 } }, service: { annotations: { 'cloud.google.com/neg': 'x' } } })
    const manifests = manifestsOf(values)
    expect(one(manifests, 'Ingress').metadata.annotations).toEqual({ 'networking.gke.io/v1beta1.FrontendConfig': 'mine', other: '1' })
    expect(one(manifests, 'Service', 'orders').metadata.annotations['cloud.google.com/neg']).toBe('x')
  })

  test('nothing of it is there for others, or without an Ingress', () => {
    for (const values of [ingress('traefik'), over(postgres, at('ingress.controller', 'gce'))]) {
      const { text } = renderWithHelm(values)
      expect(text).not.toMatch(/BackendConfig|FrontendConfig|cloud\.google\.com/)
    }
  })
})

test.skipIf(helm === undefined)('an unknown controller is refused', () => expect(failureOf(ingress('envoy'))).toContain('/ingress/controller'))

describe.skipIf(helm === undefined)('advice', () => {
  const advice = (values: Values): string => notesOf(over(postgres, values)).split('Look at:')[1] ?? ''
  const metrics = at('metrics.enabled', true)

  test('speaks of /metrics only while everyone can read it', () => {
    expect(advice(over(route, metrics))).toContain('/metrics is on the same port')
    expect(advice(over(route, metrics, at('httpRoute.closedPaths', ['/metrics'])))).not.toContain('/metrics is')
    expect(advice(over(route, metrics, at('httpRoute.paths', ['/api'])))).not.toContain('/metrics is')
    expect(advice(over(ingress('traefik', closed), metrics))).not.toContain('/metrics is')
  })

  test('speaks of proxies, policy, TLS and HSTS for a Gateway too', () => {
    expect(advice(route)).toContain('app.forwardedAllowIps does not name the Gateway')
    expect(advice(over(route, at('networkPolicy.enabled', true)))).toContain("name the Gateway's in networkPolicy.ingressNamespaces")
    expect(advice(over(route, at('httpRoute.tls', false)))).toContain('without TLS')
    expect(advice(over(route, at('security.hstsEnabled', true)))).not.toContain('security.hstsEnabled')
  })

  test('says that ingress-nginx is retired', () => expect(advice(ingress('ingress-nginx'))).toContain('ingress-nginx is retired'))
})
