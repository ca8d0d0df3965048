import type { Config } from '../../config/index.ts'
import { hasProxy, isRouted, routesTls } from '../../plan/index.ts'
import { hasHostBits, isLoopback, networkOf, privateNetworks, strictText } from '../../text/address.ts'
import type { Rule } from '../rule.ts'
import { all, always, on, onKubernetes, onVm } from '../when.ts'
import { listed } from '../words.ts'

const proxies = (config: Config): readonly string[] => config['app.forwardedAllowIps']
const trustsAll = (config: Config): boolean => proxies(config).includes('*')
const limitsByAddress = all(on('rateLimit.enabled'), (config) => config['rateLimit.keyStrategy'] === 'ip')

const toPrivate = { label: 'Use private networks', patch: { 'app.forwardedAllowIps': privateNetworks } }

const anyAndLimit: Rule = {
  id: 'proxies-any-limit',
  severity: 'error',
  demand: 'Clients cannot choose the address they are limited by',
  applies: limitsByAddress,
  check: (config) =>
    trustsAll(config)
      ? {
          path: 'app.forwardedAllowIps',
          title: 'Limit can be dodged',
          message: `With * every client may name its own address in X-Forwarded-For, and so pass the limit of ${config['rateLimit.requests']} requests.`,
          fix: toPrivate,
        }
      : undefined,
}

const any: Rule = {
  id: 'proxies-any',
  severity: 'warning',
  demand: 'Only your proxies are believed',
  applies: (config) => !limitsByAddress(config),
  check: (config) =>
    trustsAll(config)
      ? {
          path: 'app.forwardedAllowIps',
          title: 'Believes everyone',
          message: 'With * every client may name its own address and scheme, and logs show what it named.',
          fix: toPrivate,
        }
      : undefined,
}

/** What uvicorn makes of an entry: it compares strictly and drops the rest without a word. */
function problem(entry: string): { readonly why: string; readonly instead: readonly string[] } | undefined {
  const network = networkOf(entry)
  if (entry === '*' || (network && !hasHostBits(network))) return undefined
  if (!network) return { why: `${entry} is no address`, instead: [] }
  return { why: `${entry} has bits set outside its prefix`, instead: [strictText(network)] }
}

const ignored: Rule = {
  id: 'proxies-ignored',
  severity: 'error',
  demand: 'Every trusted proxy is understood',
  applies: always,
  check: (config) => {
    const problems = proxies(config).flatMap((entry) => problem(entry) ?? [])
    if (problems.length === 0) return undefined
    const repaired = [...new Set(proxies(config).flatMap((entry) => problem(entry)?.instead ?? [entry]))]
    return {
      path: 'app.forwardedAllowIps',
      title: 'Silently ignored',
      message: `${listed(problems.map(({ why }) => why))}, so the server drops it without a word and trusts no such proxy.`,
      fix: { label: repaired.length > 0 ? `Use ${listed(repaired)}` : 'Clear it', patch: { 'app.forwardedAllowIps': repaired } },
    }
  },
}

const loopbackOnly: Rule = {
  id: 'proxies-loopback',
  severity: 'warning',
  demand: 'What routes requests is a trusted proxy',
  applies: isRouted,
  check: (config) =>
    proxies(config).every(isLoopback)
      ? {
          path: 'app.forwardedAllowIps',
          title: 'Proxy not trusted',
          message: `Only ${listed(proxies(config)) || '127.0.0.1'} is believed, so every client has the address of the ${config['ingress.enabled'] ? 'ingress controller' : 'Gateway'} and every request looks like plain http.`,
          fix: toPrivate,
        }
      : undefined,
}

const twoLayers: Rule = {
  id: 'proxies-two-layers',
  severity: 'info',
  demand: 'One layer that trusts proxies',
  applies: (config) => config['security.trustProxyProtoHeader'] || (config['rateLimit.enabled'] && config['rateLimit.trustProxyHeaders']),
  check: (config) =>
    proxies(config).every(isLoopback) && !onVm(config)
      ? undefined
      : {
          path: config['security.trustProxyProtoHeader'] ? 'security.trustProxyProtoHeader' : 'rateLimit.trustProxyHeaders',
          title: 'Trusted twice',
          message: 'The server has already put the client in place of the proxy, so the second layer never meets the proxy that it trusts.',
          fix: { label: 'Keep the first layer', patch: { 'security.trustProxyProtoHeader': false, 'rateLimit.trustProxyHeaders': false } },
        },
}

const hsts: Rule = {
  id: 'hsts-without-tls',
  severity: 'warning',
  demand: 'HSTS only where TLS is',
  applies: all(onKubernetes, on('security.hstsEnabled')),
  check: (config) =>
    routesTls(config)
      ? undefined
      : {
          path: 'security.hstsEnabled',
          title: 'HSTS without TLS',
          message: 'No Ingress or Gateway with TLS stands in front, so the header is not sent, or binds browsers to an https that this deployment does not serve.',
          fix: { label: 'Turn HSTS off', patch: { 'security.hstsEnabled': false } },
        },
}

const apex: Rule = {
  id: 'hsts-subdomains',
  severity: 'info',
  demand: 'HSTS for names of your own only',
  applies: on('security.hstsEnabled'),
  check: (config) => {
    const found = config['public.hosts'].filter((host) => host.split('.').length === 2)
    return found.length > 0
      ? { path: 'security.hstsEnabled', title: 'Binds all subdomains', message: `HSTS always covers subdomains, so every name below ${listed(found)} must serve https too, for as long as browsers remember.` }
      : undefined
  },
}

const keepAlive: Rule = {
  id: 'keep-alive-short',
  severity: 'warning',
  demand: 'Connections are kept longer than by the proxy',
  applies: (config) => isRouted(config) || (onVm(config) && !hasProxy(config)),
  check: (config) =>
    config['app.keepAliveTimeout'] <= 60
      ? {
          path: 'app.keepAliveTimeout',
          title: 'Closes first',
          message: `Idle connections end after ${config['app.keepAliveTimeout']} s while most proxies reuse them for 60 s, which shows as a 502 now and then.`,
          fix: { label: 'Use 75 s', patch: { 'app.keepAliveTimeout': 75 } },
        }
      : undefined,
}

const ownProxy: Rule = {
  id: 'vm-own-proxy',
  severity: 'info',
  demand: 'A proxy with TLS in front of the machine',
  applies: all(onVm, (config) => !hasProxy(config)),
  check: (config) => ({
    path: 'vm.port',
    title: 'Bring a proxy',
    message: `The service listens on 127.0.0.1:${config['vm.port']} without TLS; your proxy must encrypt, keep the Host header and set X-Forwarded-For and -Proto.`,
  }),
}

export const proxyRules: readonly Rule[] = [anyAndLimit, ignored, any, loopbackOnly, hsts, keepAlive, twoLayers, apex, ownProxy]
