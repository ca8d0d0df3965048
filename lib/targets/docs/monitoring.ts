import type { Config } from '../../config/index.ts'
import { machinePaths, scrapeOf } from '../../plan/index.ts'
import { markdownBlock, markdownCode } from '../../text/markdown.ts'
import { shellCommand } from '../../text/shell.ts'

/** How Prometheus and Grafana come to the metrics of a machine; on Kubernetes the chart sees to that. */
export function monitoringSection(config: Config): readonly string[] {
  const scrape = scrapeOf(config)
  if (!scrape) return []
  const folder = '/etc/prometheus'
  return [
    '## Monitoring of the machine',
    `Add the job of ${markdownCode(machinePaths.prometheus)} and the rule file beside it to your Prometheus, and import ${markdownCode(machinePaths.dashboard)} into Grafana. To see it work, run one for the moment on the machine:`,
    markdownBlock('sh', [
      `${shellCommand(['docker', 'run', '--rm', '--network', scrape.network ?? 'host'])} --volume "$PWD/${machinePaths.prometheus.split('/')[0]}:${folder}:ro" prom/prometheus:v3.5.0`,
    ]),
    `The application answers only Host names that it trusts: scrape ${scrape.targets.map(markdownCode).join(' and ')} and no other address.`,
  ]
}
