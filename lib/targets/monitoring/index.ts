import type { Config } from '../../config/index.ts'
import type { TextFile } from '../../files/file.ts'
import { alertsOf, jobOf, machinePaths, scrapeOf, type Scrape } from '../../plan/index.ts'
import { commentedYaml } from '../../yaml/commented.ts'
import type { Target } from '../target.ts'
import { dashboard } from './dashboard.ts'

/** What Prometheus and Grafana need for a service on a machine; on Kubernetes the chart holds the same. */
export const monitoring: Target = {
  id: 'monitoring',
  label: 'Monitoring',
  render: (config) => {
    const scrape = scrapeOf(config)
    return scrape ? files(config, scrape) : []
  },
}

const files = (config: Config, scrape: Scrape): readonly TextFile[] => [
  { path: machinePaths.prometheus, text: prometheusFile(scrape) },
  { path: machinePaths.alerts, text: alertsFile(config) },
  { path: machinePaths.dashboard, text: dashboard(config) },
]

const heading = ({ network }: Scrape): string =>
  `A Prometheus of its own runs with this file as it is; to one that you have, add the job and the rule file.
The application answers only Host names that it trusts, and Prometheus sends the target's: keep the targets as they are.
${network === undefined ? 'Prometheus runs on the machine itself, or in a container with its network (--network host).' : `Prometheus runs in a container of the network ${network}.`}`

/** Bounds that are 0 are none. */
const bounds = ({ sampleLimit, labelLimit, labelValueLengthLimit }: Scrape) => ({
  ...(sampleLimit > 0 ? { sample_limit: sampleLimit } : {}),
  ...(labelLimit > 0 ? { label_limit: labelLimit } : {}),
  ...(labelValueLengthLimit > 0 ? { label_value_length_limit: labelValueLengthLimit } : {}),
})

const prometheusFile = (scrape: Scrape): string =>
  commentedYaml(
    [
      { path: ['rule_files'], value: [machinePaths.alerts.split('/').at(-1)] },
      {
        path: ['scrape_configs'],
        value: [
          {
            job_name: scrape.job,
            metrics_path: '/metrics',
            scrape_interval: scrape.interval,
            scrape_timeout: scrape.timeout,
            honor_labels: false,
            ...bounds(scrape),
            static_configs: [{ targets: [...scrape.targets] }],
          },
        ],
        apart: true,
      },
    ],
    heading(scrape),
  )

const alertsFile = (config: Config): string =>
  commentedYaml(
    [
      {
        path: ['groups'],
        value: [
          {
            name: jobOf(config, 'machine'),
            rules: alertsOf(config, 'machine').map(({ alert, expr, for: pending, severity, summary, description }) => ({
              alert,
              expr,
              for: pending,
              labels: { severity, service: jobOf(config, 'machine') },
              annotations: { summary, description },
            })),
          },
        ],
      },
    ],
    'Alerts of the service. Timeouts and rate-limited requests are not in its metrics: watch 504 and 429 in the proxy.',
  )
