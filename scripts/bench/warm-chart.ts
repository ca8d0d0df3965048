import { chartAt } from '../../cli/chart-disk.ts'
import { renderChart } from '../../lib/helm/index.ts'
import { inUse, median } from './measure.ts'

/** Milliseconds for a full rendering of the chart that is named. */
async function main(): Promise<void> {
  const chart = await chartAt(process.argv[2] as string, () => {})
  console.log(JSON.stringify(median(10, () => renderChart(chart, new Map(), { name: 'release' }, { noMemory: true }), inUse)))
}

void main()
