import type { Config, Path } from '../../config/index.ts'
import { certificateOnMachine, hasProxy, readsAsUser, runsOn, usesCertificateFiles } from '../../plan/index.ts'
import { versionAtLeast } from '../../text/version.ts'
import type { Fix, Rule } from '../rule.ts'
import { all, on } from '../when.ts'
import { listed } from '../words.ts'

/** Proxies that the bundle holds files for. */
const names = { none: 'Your proxy', caddy: 'Caddy', nginx: 'nginx', traefik: 'Traefik' } as const
const nameOf = (config: Config): string => names[config['proxy.kind']]

const ownInstead = { label: 'Use my own proxy', patch: { 'proxy.kind': 'none' } } as const

const byItself = all(hasProxy, (config) => !usesCertificateFiles(config))

const noHosts: Rule = {
  id: 'proxy-no-hosts',
  severity: 'error',
  demand: 'The proxy has a host name to serve',
  applies: hasProxy,
  check: (config) =>
    config['public.hosts'].length === 0
      ? { path: 'public.hosts', title: 'No host name', message: `${nameOf(config)} needs a host name that it serves with a certificate; every other is refused.`, fix: ownInstead }
      : undefined,
}

const wildcard: Rule = {
  id: 'proxy-wildcard',
  severity: 'error',
  demand: 'The proxy can get every certificate',
  applies: byItself,
  check: (config) => {
    const found = config['public.hosts'].filter((host) => host.startsWith('*.'))
    const named = config['public.hosts'].filter((host) => !host.startsWith('*.'))
    if (found.length === 0) return undefined
    return {
      path: 'public.hosts',
      title: 'No certificate for *',
      message: `A certificate for ${listed(found)} takes a DNS challenge, which ${nameOf(config)} cannot answer here; bring it as a file instead.`,
      fix: named.length > 0 ? { label: `Keep ${listed(named)}`, patch: { 'public.hosts': named } } : ownInstead,
    }
  },
}

const inner = /^[^.]+$|\.(local|localhost|internal|lan|home|test|invalid)$|^[0-9.]+$/

const innerName: Rule = {
  id: 'proxy-inner-name',
  severity: 'warning',
  demand: 'The proxy serves public names',
  applies: byItself,
  check: (config) => {
    const found = config['public.hosts'].filter((host) => inner.test(host))
    return found.length > 0
      ? { path: 'public.hosts', title: 'Not a public name', message: `No authority signs a certificate for ${listed(found)}; ${nameOf(config)} uses one of its own, which browsers warn of.` }
      : undefined
  },
}

function usualPlace(config: Config): Fix {
  const usual = certificateOnMachine({ ...config, 'proxy.certificate': '', 'proxy.certificateKey': '' })
  return { label: 'Use the usual place', patch: { 'proxy.certificate': usual.certificate, 'proxy.certificateKey': usual.key } }
}

const unreadable: Rule = {
  id: 'proxy-key-unreadable',
  severity: 'warning',
  demand: 'The proxy may read its certificate and key',
  applies: readsAsUser,
  check: (config) =>
    config['proxy.certificateKey'].startsWith('/etc/letsencrypt/')
      ? {
          path: 'proxy.certificateKey',
          title: 'Only root reads it',
          message: 'The nginx of the stack is not root, and does not start where it cannot read: give it copies of what certbot keeps.',
          fix: usualPlace(config),
        }
      : undefined,
}

const certificate: Rule = {
  id: 'proxy-certificate',
  severity: 'error',
  demand: 'The proxy knows its certificate and key',
  applies: usesCertificateFiles,
  check: (config) => {
    const { 'proxy.certificate': file, 'proxy.certificateKey': key } = config
    const path: Path = file === '' ? 'proxy.certificate' : 'proxy.certificateKey'
    if (file !== '' && key !== '' && file !== key) return undefined
    return {
      path,
      title: file !== '' && file === key ? 'Same file twice' : 'No certificate file',
      message: `${nameOf(config)} does not start without the files of its certificate and key${config['proxy.kind'] === 'nginx' ? ', and gets none by itself' : ''}.`,
      fix: usualPlace(config),
    }
  },
}

/** `ssl_reject_handshake` came with this version of nginx, TLS 1.3 with that of OpenSSL. */
const oldest = { nginx: '1.19.4', openssl: '1.1.1' } as const

const nginxVersion: Rule = {
  id: 'nginx-version',
  severity: 'error',
  demand: 'The installed nginx is new enough for its file',
  applies: (config) => runsOn(config, 'container') && config['proxy.kind'] === 'nginx',
  check: (config) => {
    const { 'proxy.nginxVersion': nginx, 'proxy.opensslVersion': openssl } = config
    if (!versionAtLeast(nginx, oldest.nginx))
      return { path: 'proxy.nginxVersion', title: 'Too old an nginx', message: `nginx ${nginx} does not start with this file: refusing TLS for unknown names takes ${oldest.nginx} or newer.` }
    if (!versionAtLeast(openssl, oldest.openssl))
      return { path: 'proxy.opensslVersion', title: 'Too old an OpenSSL', message: `OpenSSL ${openssl} has no TLS 1.3, and gets no fixes; it takes ${oldest.openssl} or newer.` }
    return undefined
  },
}

const metricsPublished: Rule = {
  id: 'proxy-metrics-published',
  severity: 'warning',
  demand: 'The proxy keeps the metrics from the public',
  applies: all(hasProxy, on('metrics.enabled')),
  check: (config) =>
    config['proxy.publishMetrics']
      ? {
          path: 'proxy.publishMetrics',
          title: 'Metrics are public',
          message: 'Everyone can read /metrics, which needs no login, has no limit and lists the raw paths of requests.',
          fix: { label: 'Close it', patch: { 'proxy.publishMetrics': false } },
        }
      : undefined,
}

const docsClosed: Rule = {
  id: 'proxy-docs-closed',
  severity: 'info',
  demand: 'The documentation is reached where it is meant to be',
  applies: all(hasProxy, on('app.openapiEnabled')),
  check: (config) =>
    config['proxy.publishDocs']
      ? undefined
      : {
          path: 'proxy.publishDocs',
          title: 'Closed at the proxy',
          message: `The application serves its documentation, and ${nameOf(config)} answers 404 for it; on the machine itself it can be read.`,
          fix: { label: 'Publish it', patch: { 'proxy.publishDocs': true } },
        },
}

export const reverseProxyRules: readonly Rule[] = [noHosts, wildcard, certificate, unreadable, nginxVersion, innerName, metricsPublished, docsClosed]
