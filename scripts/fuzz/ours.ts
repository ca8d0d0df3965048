import { joinBytes } from '../../lib/go/bytes.ts'
import { loadChart, loadFunctions, renderChart, type Chart } from '../../lib/helm/index.ts'
import { chartFiles, failed, type Case, type Outcome } from './chart.ts'

await loadFunctions()

const charts = new Map<string, Chart>()

function chartOf(values: string): Chart {
  const known = charts.get(values)
  if (known) return known
  if (charts.size > 20) charts.clear()
  const chart = loadChart(chartFiles(values))
  charts.set(values, chart)
  return chart
}

/** So that a second has as many digits after the point as Helm's clock gives. */
const withNanoseconds = 0.123456

/** What our engine makes of a case at a time. */
export function ourOutcome({ template, values }: Case, now = Date.now() + withNanoseconds): Outcome {
  const chart = chartOf(values)
  const templates = [...chart.templates, { path: 'templates/NOTES.txt', text: template }]
  try {
    return joinBytes(renderChart({ ...chart, templates }, new Map(), { name: 'test-release' }, { now }).notes)
  } catch (error) {
    if (!(error instanceof Error)) throw error
    return failed(['TemplateError', 'HelmError'].includes(error.name) ? error.message : `${error.name}: ${error.stack}`)
  }
}
