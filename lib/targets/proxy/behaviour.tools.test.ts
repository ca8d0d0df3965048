import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { placed, versionsOf } from '../../../testing/local-nginx.ts'
import { ask, certificateFolder, freePort, greet, started, upstream, written, type Running, type Seen } from '../../../testing/proxy-lab.ts'
import { findTool, requireTool } from '../../../testing/tools.ts'
import { defaults, type Config } from '../../config/index.ts'
import { proxyOf, type MachinePlatform, type Proxy } from '../../plan/index.ts'
import { proxy } from './index.ts'
import { nginxConf } from './nginx.ts'

/** What the real proxies do with the files that are written for them: only ports, paths and the upstream's address are others. */

const limit = 4096
const [nginx, caddy, openssl] = [requireTool('nginx'), requireTool('caddy'), requireTool('openssl')]
/** In no package that tests could install; where somebody has it, it stands beside the others. */
const traefik = findTool('traefik')

interface Lab {
  readonly running: Running
  readonly health?: number
  readonly healthPath: string
  /** What an access log's line about `/logged` has in it: Traefik leaves paths out. */
  readonly logged: string
  readonly seen: Seen[]
}

const labs = new Map<string, Lab>()
const endings: (() => unknown)[] = []

const configOf = (kind: 'nginx' | 'caddy' | 'traefik', platform: MachinePlatform, port: number, files: { certificate: string; key: string }): Config => ({
  ...defaults,
  'target.platforms': [platform],
  'public.hosts': ['a.test', 'b.test'],
  'proxy.kind': kind,
  'proxy.tls': 'files',
  'proxy.certificate': files.certificate,
  'proxy.certificateKey': files.key,
  'vm.port': port,
  'app.requestTimeout': 1,
  'security.maxRequestBodyBytes': limit,
  'metrics.enabled': true,
})

async function startNginx(platform: MachinePlatform): Promise<void> {
  const lab = await beginning()
  const versions = versionsOf(nginx as string)
  const planned = proxyOf(configOf('nginx', platform, lab.port, lab), platform) as Proxy
  const text = nginxConf({ ...planned, nginx: versions['proxy.nginxVersion'] as string, openssl: versions['proxy.opensslVersion'] as string })
  const file = written(lab.folder, 'nginx.conf', placed(text, { ...lab, ...lab.ports, upstream: `127.0.0.1:${lab.port}` }))
  const running = await started(nginx as string, ['-p', lab.folder, '-e', 'stderr', '-c', file, '-g', 'daemon off; user root;'], lab.folder, lab.ports, [join(lab.folder, 'access.log')])
  keep(`nginx, ${platform}`, lab, running, platform)
}

async function startCaddy(platform: MachinePlatform): Promise<void> {
  const lab = await beginning()
  const [{ text = '' } = {}] = proxy.render(configOf('caddy', platform, lab.port, lab))
  const local = text
    .replace('{\n', `{\n\thttp_port ${lab.ports.http}\n\thttps_port ${lab.ports.https}\n\tdefault_bind 127.0.0.1\n`)
    .replace(':2020', `:${lab.ports.health}`)
    .replace('reverse_proxy app:8000', `reverse_proxy 127.0.0.1:${lab.port}`)
    .replace('tls /tls/fullchain.pem /tls/privkey.pem', `tls ${lab.certificate} ${lab.key}`)
  const file = written(lab.folder, 'Caddyfile', local)
  const running = await started(caddy as string, ['run', '--adapter', 'caddyfile', '--config', file], lab.folder, lab.ports)
  keep(`Caddy, ${platform}`, lab, running, platform)
}

async function startTraefik(platform: MachinePlatform): Promise<void> {
  const lab = await beginning()
  const files = proxy.render(configOf('traefik', platform, lab.port, lab))
  const textOf = (name: string): string => files.find(({ path }) => path.endsWith(name))?.text ?? ''
  const dynamic = written(lab.folder, 'dynamic.yml', textOf('dynamic.yml').replace('http://app:8000', `http://127.0.0.1:${lab.port}`).replace('/tls/fullchain.pem', lab.certificate).replace('/tls/privkey.pem', lab.key))
  const local = textOf('traefik.yml')
    .replace(/address: ":?80"|address: ['"]?:80['"]?$/m, `address: "127.0.0.1:${lab.ports.http}"`)
    .replace(/address: ['"]?:443['"]?$/m, `address: "127.0.0.1:${lab.ports.https}"`)
    .replace(':2020', `:${lab.ports.health}`)
    .replace('/etc/traefik/dynamic.yml\n', `${dynamic}\n`)
    .replace(/filename: .*$/m, `filename: ${dynamic}`)
  const running = await started(traefik as string, [`--configFile=${written(lab.folder, 'traefik.yml', local)}`], lab.folder, lab.ports)
  keep(`Traefik, ${platform}`, lab, running, platform)
  // It listens before it has read its routes.
  for (let tries = 0; tries < 100 && (await ask(running, { path: '/ready' }))?.status !== 200; tries++) await new Promise((resolve) => setTimeout(resolve, 50))
}

async function beginning() {
  const behind = await upstream()
  const files = certificateFolder(openssl as string)
  endings.push(() => behind.stop(), () => files.remove())
  return { ...behind, ...files, ports: { http: await freePort(), https: await freePort(), health: await freePort() } }
}

function keep(name: string, lab: Awaited<ReturnType<typeof beginning>>, running: Running, platform: MachinePlatform): void {
  const isTraefik = name.startsWith('Traefik')
  labs.set(name, { running, seen: lab.seen, healthPath: isTraefik ? '/ping' : '/', logged: isTraefik ? '"PATCH"' : '/logged', ...(platform === 'compose' ? { health: lab.ports.health } : {}) })
  endings.unshift(() => running.stop())
}

/** A behaviour, and what it takes; a lab tells of everything that its application saw. */
type Behaviour = (lab: Lab) => Promise<boolean>

const last = ({ seen }: Lab): Seen | undefined => seen.filter(({ path }) => path !== '/ready').at(-1)
const reached = async (lab: Lab, question: Parameters<typeof ask>[1]): Promise<boolean> => {
  const before = lab.seen.filter(({ path }) => path !== '/ready').length
  await ask(lab.running, question)
  return lab.seen.filter(({ path }) => path !== '/ready').length > before
}
const refused = async (lab: Lab, question: Parameters<typeof ask>[1]): Promise<boolean> => {
  const answer = await ask(lab.running, question)
  return (answer === undefined || [404, 421].includes(answer.status)) && !(await reached(lab, question))
}
const every = async <T>(items: readonly T[], holds: (item: T) => Promise<boolean>): Promise<boolean> => {
  for (const item of items) if (!(await holds(item))) return false
  return true
}
const statusOf = async (lab: Lab, question: Parameters<typeof ask>[1]): Promise<number | undefined> => (await ask(lab.running, question))?.status

const forged = { 'X-Forwarded-For': '6.6.6.6', 'X-Forwarded-Proto': 'http', 'X-Forwarded-Host': 'evil.test', 'X-Real-IP': '6.6.6.6', Forwarded: 'for=6.6.6.6' }

const behaviours: Readonly<Record<string, Behaviour>> = {
  'name A is routed, its Host kept': async (lab) => (await statusOf(lab, { host: 'a.test' })) === 200 && last(lab)?.headers.host === 'a.test',
  'name B is routed, its Host kept': async (lab) => (await statusOf(lab, { host: 'b.test' })) === 200 && last(lab)?.headers.host === 'b.test',
  'another name gets no TLS': (lab) => refused(lab, { host: 'evil.test' }),
  'another Host in our TLS is refused': (lab) => refused(lab, { host: 'evil.test', name: 'a.test' }),
  'another Host without TLS is refused': (lab) => refused(lab, { host: 'evil.test', plain: true }),
  'plain HTTP leads to HTTPS': async (lab) => {
    const answer = await ask(lab.running, { plain: true, path: '/x?y=1' })
    // Traefik answers a GET with 301.
    return [301, 308].includes(answer?.status ?? 0) && answer?.headers.location === 'https://a.test/x?y=1'
  },
  'TLS 1.2 and 1.3 are spoken, 1.1 is not': async (lab) => {
    const by = (version: 'TLSv1.1' | 'TLSv1.2' | 'TLSv1.3') => statusOf(lab, { tls: { minVersion: version, maxVersion: version, ciphers: 'ALL:@SECLEVEL=0' } })
    return (await by('TLSv1.1')) === undefined && (await by('TLSv1.2')) === 200 && (await by('TLSv1.3')) === 200
  },
  'a body of the limit passes': async (lab) => (await statusOf(lab, { method: 'POST', body: Buffer.alloc(limit) })) === 200 && last(lab)?.bytes === limit,
  'one byte more is answered 413': async (lab) => (await statusOf(lab, { method: 'POST', body: Buffer.alloc(limit + 1) })) === 413,
  'so it is without a length': async (lab) =>
    (await statusOf(lab, { method: 'POST', body: Buffer.alloc(limit), chunked: true })) === 200 && (await statusOf(lab, { method: 'POST', body: Buffer.alloc(limit + 1), chunked: true })) === 413,
  'forged headers are replaced': async (lab) => {
    await ask(lab.running, { headers: forged })
    const { headers = {} } = last(lab) ?? {}
    return headers['x-forwarded-for'] === '127.0.0.1' && headers['x-forwarded-host'] === 'a.test' && headers['x-real-ip'] === '127.0.0.1' && !headers.forwarded
  },
  'the scheme is https': async (lab) => {
    await ask(lab.running, { headers: forged })
    return last(lab)?.headers['x-forwarded-proto'] === 'https'
  },
  'WebSockets pass': async (lab) => (await greet(lab.running, 'hello')) === 'hello',
  'metrics and documentation are closed': (lab) =>
    every(['/metrics', '/metrics/', '/metrics?x=1', '/docs', '/docs/oauth2-redirect', '/redoc', '/openapi.json', '/%6detrics', '//metrics'], async (path) => (await statusOf(lab, { path })) === 404 && !(await reached(lab, { path }))),
  'what only begins alike is open': (lab) => every(['/metricsx', '/docsearch'], async (path) => (await statusOf(lab, { path })) === 200),
  'an answer after the request timeout still passes': async (lab) => (await statusOf(lab, { path: '/slow?wait=3000' })) === 200,
  'HSTS comes once, from the application': async (lab) => {
    const raw = (await ask(lab.running))?.raw ?? []
    return raw.filter((name) => name.toLowerCase() === 'strict-transport-security').length === 1
  },
  'readiness is answered': async (lab) => (await statusOf(lab, { path: '/ready' })) === 200,
  'its own health check is answered': async (lab) => lab.health === undefined || (await ask({ http: lab.health, https: 0 }, { plain: true, path: lab.healthPath, host: `127.0.0.1:${lab.health}` }))?.status === 200,
  'health is asked with a trusted Host': async (lab) => lab.seen.filter(({ path, headers }) => path === '/ready' && !headers['x-forwarded-for']).every(({ headers }) => headers.host === 'localhost'),
  'the log is JSON without queries': async (lab) => {
    await ask(lab.running, { path: '/logged?token=hidden', method: 'PATCH' })
    for (let tries = 0; tries < 40 && !lab.running.log().includes(lab.logged); tries++) await new Promise((resolve) => setTimeout(resolve, 50))
    const line = lab.running.log().split('\n').find((one) => one.includes(lab.logged))
    return typeof JSON.parse(line ?? '0') === 'object' && !lab.running.log().includes('hidden')
  },
  'no version is told, nothing is compressed': async (lab) => {
    const { headers = {} } = (await ask(lab.running, { headers: { 'Accept-Encoding': 'gzip, br' } })) ?? {}
    return !/\d/.test(String(headers.server ?? '')) && headers['content-encoding'] === undefined
  },
}

describe.skipIf(!nginx || !caddy || !openssl)('the real proxies', () => {
  beforeAll(async () => {
    for (const platform of ['compose', 'container'] as const) {
      await startNginx(platform)
      await startCaddy(platform)
      if (traefik) await startTraefik(platform)
    }
  }, 60_000)
  afterAll(async () => {
    for (const end of endings) await end()
  }, 60_000)

  test('do as their files are meant', { timeout: 180_000 }, async () => {
    const table: Record<string, Record<string, string>> = {}
    await Promise.all(
      [...labs].map(async ([name, lab]) => {
        for (const [what, met] of Object.entries(behaviours)) {
          const good = await met(lab).catch((error: unknown) => String(error))
          ;(table[what] ??= {})[name] = good === true ? 'yes' : `NO${good === false ? '' : ` ${good}`}`
        }
      }),
    )
    console.log(shown(table))
    expect(Object.entries(table).flatMap(([what, row]) => Object.entries(row).flatMap(([name, met]) => (met === 'yes' ? [] : [`${name}: ${what}: ${met}`])))).toEqual([])
  })
})

/** Behaviours down, proxies across. */
function shown(table: Readonly<Record<string, Readonly<Record<string, string>>>>): string {
  const names = [...labs.keys()].toSorted()
  const row = (first: string, cells: readonly string[]) => `${first.padEnd(50)}${cells.map((cell) => cell.padEnd(18)).join('')}`
  return [row('', names), ...Object.entries(table).map(([what, cells]) => row(what, names.map((name) => cells[name] ?? '')))].join('\n')
}
