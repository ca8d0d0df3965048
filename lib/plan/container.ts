import type { Config } from '../config/index.ts'
import { imageOf, readinessSeconds, stopGraceSeconds, usesSqlite } from './facts.ts'

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
  /** Open files of each process. */
  readonly openFiles: number
  readonly stopGraceSeconds: number
  readonly logMaxSize: string
  readonly logMaxFile: number
  /** Writable places in memory; everything else of the root is read-only. */
  readonly tmpfs: readonly string[]
  /** The size of each of them: uploads are spooled there. */
  readonly tmpfsSize: string
  /** The volume that keeps SQLite's file, where the database needs one. */
  readonly data?: { readonly volume: string; readonly path: string }
  /** The network that the application and its proxy share. */
  readonly network: { readonly name: string; readonly subnet: string }
  /** The image's own probe asking 127.0.0.1 for readiness; it takes the port from `APP_PORT`. */
  readonly probe: readonly string[]
  /** The same for liveness. */
  readonly livenessProbe: readonly string[]
  /** Seconds after which an answer of the readiness probe counts as missing. */
  readonly probeSeconds: number
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
  openFiles: config['vm.openFiles'],
  stopGraceSeconds: stopGraceSeconds(config),
  logMaxSize: config['vm.logMaxSize'],
  logMaxFile: config['vm.logMaxFile'],
  tmpfs: ['/tmp', '/var/tmp'],
  tmpfsSize: `${Math.max(64, 2 * Math.ceil(config['security.maxRequestBodyBytes'] / 1048576))}m`,
  ...(usesSqlite(config) ? { data: { volume: `${config['release.name']}-data`, path: '/app/data' } } : {}),
  network: { name: `${config['release.name']}-edge`, subnet: config['vm.subnet'] },
  probe: probeOf('APP_READINESS_CHECK_PATH', config['app.readinessCheckPath'], readinessSeconds(config)),
  livenessProbe: probeOf('APP_HEALTH_CHECK_PATH', config['app.healthCheckPath'], 2),
  probeSeconds: readinessSeconds(config) + 1,
})

/** The image's `http_probe.py`, which demands both options for the path. */
const probeOf = (variable: string, path: string, seconds: number): readonly string[] => [
  'python',
  '/app/ops/http_probe.py',
  '--path-env',
  variable,
  '--default-path',
  path,
  '--timeout',
  String(seconds),
]
