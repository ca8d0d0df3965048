import type { Config } from '../config/index.ts'
import { jobOf } from './alerts.ts'
import { appServicesOf } from './colours.ts'
import { containerOf } from './container.ts'
import { runsOnVm } from './platform.ts'
import { bundlesProxy } from './proxy.ts'

/** How Prometheus fetches the metrics of a machine. */
export interface Scrape {
  readonly job: string
  /**
   * Host and port of each instance. Prometheus sends them as Host header and can send no other,
   * so each host is one that the application trusts.
   */
  readonly targets: readonly string[]
  /** The Docker network that Prometheus must be in; absent where it runs on the machine itself. */
  readonly network?: string
  readonly interval: string
  readonly timeout: string
  readonly sampleLimit: number
  readonly labelLimit: number
  readonly labelValueLengthLimit: number
}

/** The scraping of a machine; undefined where there is none, or nothing to scrape. */
export function scrapeOf(config: Config): Scrape | undefined {
  if (!runsOnVm(config) || !config['metrics.enabled']) return undefined
  const inside = bundlesProxy(config)
  const { network, hostPort, port } = containerOf(config)
  return {
    job: jobOf(config, 'machine'),
    targets: inside ? appServicesOf(config).map((service) => `${service}:${port}`) : [`127.0.0.1:${hostPort}`],
    ...(inside ? { network: network.name } : {}),
    interval: config['serviceMonitor.interval'],
    timeout: config['serviceMonitor.scrapeTimeout'],
    sampleLimit: config['serviceMonitor.sampleLimit'],
    labelLimit: config['serviceMonitor.labelLimit'],
    labelValueLengthLimit: config['serviceMonitor.labelValueLengthLimit'],
  }
}
