import { describe, expect, test } from 'vitest'
import { defaults, settingAt, type Config, type Patch } from '../config/index.ts'
import { closedOnIngress, closedOnRoute, controllerOf, ingressAnnotations, openPaths, parentRefsOf, valuesTree } from './index.ts'

const configOf = (...patches: readonly Patch[]): Config => Object.assign({}, defaults, { 'ingress.enabled': true, 'public.hosts': ['api.acme.io'] }, ...patches)
const by = (controller: Config['ingress.controller'], patch: Patch = {}): Config => configOf({ 'ingress.controller': controller }, patch)
const field = settingAt('ingress.controller')?.field
const names = (field && 'options' in field ? field.options.map(({ value }) => value) : []) as readonly Config['ingress.controller'][]

describe('controllers', () => {
  test.each(names)('%s waits at least as long as it can be told', (controller) => {
    const config = by(controller, { 'app.requestTimeout': 300 })
    const told = Object.entries(controllerOf(config).annotations(config)).filter(([key]) => /timeout/.test(key))
    for (const [, value] of told) expect(Number(value.match(/\d+/)?.[0])).toBeGreaterThanOrEqual(305)
  })

  test.each(names)('%s takes bodies as large as the application does', (controller) => {
    const config = by(controller, { 'security.maxRequestBodyBytes': 7_000_000 })
    for (const [key, value] of Object.entries(ingressAnnotations(config))) if (/body-size/.test(key)) expect(value).toBe('7000000')
  })

  test.each(names)('%s asks for no snippet, and redirects to HTTPS only where there is TLS', (controller) => {
    const without = ingressAnnotations(by(controller, { 'public.tls': 'none' }))
    expect(Object.keys(without).filter((key) => key.includes('snippet'))).toEqual([])
    for (const [key, value] of Object.entries(without)) if (key.endsWith('ssl-redirect')) expect(value).toBe('false')
  })

  test('given annotations and class win', () => {
    const config = by('f5-nginx', { 'ingress.annotations': { 'nginx.org/proxy-read-timeout': '1h', mine: 'x' }, 'ingress.className': 'inner' })
    expect(ingressAnnotations(config)).toMatchObject({ 'nginx.org/proxy-read-timeout': '1h', 'nginx.org/proxy-send-timeout': '35s', mine: 'x' })
    expect(valuesTree(config)).toMatchObject({ ingress: { className: 'inner', controller: 'f5-nginx' } })
    expect(valuesTree(by('haproxy'))).toMatchObject({ ingress: { className: 'haproxy' } })
    expect(valuesTree(by('gce')).ingress).not.toHaveProperty('className')
  })

  test('what nobody chose adds nothing', () => {
    expect(ingressAnnotations(by('generic'))).toEqual({})
    expect(valuesTree(by('generic', { 'metrics.enabled': true })).ingress).not.toHaveProperty('closedPaths')
  })

  test('the AWS load balancer gets names instead of Secrets', () => {
    const config = by('alb', { 'public.clusterIssuer': 'letsencrypt' })
    expect(valuesTree(config)).toMatchObject({ ingress: { tls: [{ hosts: ['api.acme.io'] }] } })
    expect(Object.keys(ingressAnnotations(config)).filter((key) => key.startsWith('cert-manager'))).toEqual([])
  })
})

describe('private paths', () => {
  const served: Patch = { 'metrics.enabled': true, 'app.openapiEnabled': true, 'app.docsEnabled': true }

  test('are those that the application serves and that a rule leads to', () => {
    expect(closedOnIngress(by('traefik', served))).toEqual(['/metrics', '/openapi.json', '/docs'])
    expect(closedOnIngress(by('traefik', { ...served, 'ingress.hosts': '- host: api.acme.io\n  paths: [{path: /docs}]\n' }))).toEqual(['/docs'])
    expect(closedOnIngress(by('traefik'))).toEqual([])
    expect(closedOnRoute(configOf(served, { 'httpRoute.paths': ['/api', '/metrics/'] }))).toEqual([])
  })

  test('stay open where nothing closes them', () => {
    expect(openPaths(by('gce', served))).toEqual(['/metrics', '/openapi.json', '/docs'])
    expect(openPaths(by('traefik', served))).toEqual([])
    expect(openPaths(by('traefik', { ...served, 'public.closed': false }))).toHaveLength(3)
    expect(openPaths(by('traefik', { ...served, 'httpRoute.enabled': true }))).toEqual([])
  })
})

test('the parents of a route are the raw ones, or the one Gateway', () => {
  expect(parentRefsOf(configOf())).toEqual([])
  expect(parentRefsOf(configOf({ 'public.gateway': 'public' }))).toEqual([{ name: 'public' }])
  expect(parentRefsOf(configOf({ 'public.gateway': 'public', 'public.gatewayNamespace': 'edge', 'public.gatewayListener': 'https' }))).toEqual([{ name: 'public', namespace: 'edge', sectionName: 'https' }])
  expect(parentRefsOf(configOf({ 'public.gateway': 'x', 'httpRoute.parentRefs': '- name: raw\n' }))).toEqual([{ name: 'raw' }])
})
