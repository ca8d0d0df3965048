import { chartFiles } from '../../chart/index.ts'
import type { Config } from '../../config/index.ts'
import { jobOf, metricPrefixOf } from '../../plan/index.ts'
import { fingerprint } from '../../text/hash.ts'

/** The chart's Grafana dashboard, for the job of a machine; there, series have no namespace. */
export function dashboard(config: Config): string {
  const job = jobOf(config, 'machine')
  const source = chartFiles.find(({ path }) => path === 'files/dashboard.json')?.text ?? '{}\n'
  const names: readonly (readonly [string, string])[] = [
    ['"__UID__"', JSON.stringify(fingerprint(job))],
    ['"__JOB__"', JSON.stringify(job)],
    ['"__NAMESPACE__"', '""'],
    ['__PREFIX__', JSON.stringify(metricPrefixOf(config)).slice(1, -1)],
    ['"__TITLE__"', JSON.stringify(config['app.name'])],
  ]
  return names.reduce((text, [name, value]) => text.replaceAll(name, () => value), source)
}
