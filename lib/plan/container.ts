import type { Config } from '../config/index.ts'
import { imageOf, stopGraceSeconds, usesSqlite } from './facts.ts'

/** The application's container on a machine: what Compose and `docker run` must agree on. */
export interface Container {
  readonly image: string
  /** The port inside the container. */
  readonly port: number
  /** The port on 127.0.0.1 of the machine. */
  readonly hostPort: number
  readonly user: string
  readonly memory: string
  readonly cpus: string
  readonly pids: number
  readonly stopGraceSeconds: number
  readonly logMaxSize: string
  readonly logMaxFile: number
  /** Writable places in memory; everything else of the root is read-only. */
  readonly tmpfs: readonly string[]
  /** The volume that keeps SQLite's file, where the database needs one. */
  readonly data?: { readonly volume: string; readonly path: string }
  /** The network that the application and its proxy share. */
  readonly network: { readonly name: string; readonly subnet: string }
  /** The image's own probe, which asks 127.0.0.1 on the liveness path. */
  readonly probe: readonly string[]
}

/** The image's user and group (`app`), who own /app/data. */
const user = '10001:10001'

export const containerOf = (config: Config): Container => ({
  image: imageOf(config),
  port: config['app.port'],
  hostPort: config['vm.port'],
  user,
  memory: config['vm.memory'],
  cpus: config['vm.cpus'],
  pids: config['vm.pidsLimit'],
  stopGraceSeconds: stopGraceSeconds(config),
  logMaxSize: config['vm.logMaxSize'],
  logMaxFile: config['vm.logMaxFile'],
  tmpfs: ['/tmp', '/var/tmp'],
  ...(usesSqlite(config) ? { data: { volume: `${config['release.name']}-data`, path: '/app/data' } } : {}),
  network: { name: `${config['release.name']}-edge`, subnet: config['vm.subnet'] },
  probe: ['python', '/app/ops/http_probe.py', '--path', config['app.readinessCheckPath'], '--port', String(config['app.port'])],
})
