import type { Config } from '../../config/index.ts'
import type { TextFile } from '../../files/file.ts'
import { proxyFilesOf, proxyOf, type MachinePlatform, type Proxy, type ProxyKind } from '../../plan/index.ts'
import type { Target } from '../target.ts'
import { caddyfile } from './caddyfile.ts'
import { nginxConf } from './nginx.ts'
import { traefikDynamic, traefikStatic } from './traefik.ts'

/** The reverse proxy in front of the application on a machine: a service of the stack, or one that is installed. */
export const proxy: Target = {
  id: 'proxy',
  label: 'Proxy',
  render: (config) => (['compose', 'container'] as const).flatMap((platform) => filesOf(config, platform)),
}

/** What writes each file of a proxy, in the order of the plan's paths. */
const writers: Readonly<Record<ProxyKind, readonly ((proxy: Proxy) => string)[]>> = {
  caddy: [caddyfile],
  nginx: [nginxConf],
  traefik: [traefikStatic, traefikDynamic],
}

function filesOf(config: Config, platform: MachinePlatform): readonly TextFile[] {
  const planned = proxyOf(config, platform)
  if (!planned) return []
  const paths = proxyFilesOf(config, platform)
  return writers[planned.kind].map((write, at) => ({ path: paths[at] as string, text: write(planned) }))
}
