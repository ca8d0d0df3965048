import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { placed, versionsOf } from '../../../testing/local-nginx.ts'
import { certificateFolder, written } from '../../../testing/proxy-lab.ts'
import { requireTool } from '../../../testing/tools.ts'
import { hostile, hostileTexts, variations } from '../../../testing/variations.ts'
import { anyConfig } from '../../config/arbitrary.ts'
import type { Config } from '../../config/index.ts'
import { proxyOf, runsOn, type MachinePlatform, type Proxy } from '../../plan/index.ts'
import { caddyfile } from './caddyfile.ts'
import { nginxConf } from './nginx.ts'

const [nginx, caddy, openssl] = [requireTool('nginx'), requireTool('caddy'), requireTool('openssl')]

const platforms = ['compose', 'container'] as const
const attacks = hostileTexts.map((text) => [text, hostile(text, ['compose', 'container'])] as const)
const machines = [...variations.filter(([, config]) => platforms.some((one) => runsOn(config, one))), ...attacks]

let made: ReturnType<typeof certificateFolder> | undefined
const folder = mkdtempSync(join(tmpdir(), 'chassis-accepted-'))
beforeAll(() => {
  if (openssl) made = certificateFolder(openssl)
})
afterAll(() => {
  made?.remove()
  rmSync(folder, { recursive: true, force: true })
})

const planned = (config: Config, platform: MachinePlatform, kind: 'nginx' | 'caddy'): Proxy =>
  proxyOf({ ...config, 'target.platforms': [platform], 'proxy.kind': kind }, platform) as Proxy

const run = (program: string, args: readonly string[]): Promise<{ readonly failed: boolean; readonly said: string }> =>
  new Promise((resolve) => {
    execFile(program, args, { env: { PATH: process.env.PATH, HOME: folder } as unknown as NodeJS.ProcessEnv }, (error, stdout, stderr) => resolve({ failed: error !== null, said: stdout + stderr }))
  })

async function nginxSays(proxy: Proxy): Promise<string> {
  const versions = versionsOf(nginx as string)
  const { certificate = '', key = '' } = made ?? {}
  const text = nginxConf({ ...proxy, nginx: versions['proxy.nginxVersion'] as string, openssl: versions['proxy.opensslVersion'] as string })
  const file = written(folder, 'nginx.conf', placed(text, { folder, http: 18080, https: 18443, health: 12020, certificate, key, upstream: proxy.upstream }))
  const { failed, said } = await run(nginx as string, ['-t', '-e', 'stderr', '-p', folder, '-c', file, '-g', 'user root;'])
  return failed || /\[(warn|emerg|error)\]/.test(said.replace(/^.*"user" directive makes sense only.*$/gm, '')) ? `${said}\n${text}` : ''
}

async function caddySays(proxy: Proxy): Promise<string> {
  const { certificate = '', key = '' } = made ?? {}
  const text = caddyfile(proxy.certificate ? { ...proxy, certificate: { certificate, key } } : proxy)
  const file = written(folder, 'Caddyfile', text)
  const { failed, said } = await run(caddy as string, ['validate', '--adapter', 'caddyfile', '--config', file])
  return failed || /"level":"(error|warn)"/.test(said.replace(meant, '')) ? `${said}\n${text}` : ''
}

/** Caddy warns of what is done on purpose: the redirections are written out, and the certificate is one of the tests. */
const meant = /^.*(automatic HTTP->HTTPS redirects are disabled|listening only on the HTTP port|no OCSP server specified in certificate).*$/gm

const says = { nginx: nginxSays, caddy: caddySays }

describe.skipIf(!nginx || !caddy || !openssl).each(['nginx', 'caddy'] as const)('%s accepts its file', (kind) => {
  test.each(machines)('%s', async (_, config) => {
    for (const platform of platforms) expect(await says[kind](planned(config, platform, kind))).toBe('')
  })

  test('for any configuration', { timeout: 120_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(anyConfig, fc.constantFrom(...platforms), async (config, platform) => {
        expect(await says[kind](planned(config, platform, kind))).toBe('')
      }),
      { numRuns: 40 },
    )
  })

  test('with names as long as they may be', async () => {
    const host = `${'a'.repeat(60)}.${'b'.repeat(60)}.${'c'.repeat(60)}.example.com`
    const long = { ...(machines[0] as (typeof machines)[number])[1], 'release.name': 'r'.repeat(52), 'public.hosts': [host, 'b.example.com'] }
    for (const platform of platforms) expect(await says[kind](planned(long, platform, kind))).toBe('')
  })
})
