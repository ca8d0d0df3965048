import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { loadChart, readValues, renderChart } from '../../lib/helm/index.ts'

/** What a fresh process does for one rendering: `chart` and `values.yaml` of the folder it runs in. */
const paths = readdirSync('chart', { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map(({ parentPath, path, name }) => join(parentPath ?? path, name))
const chart = loadChart(paths.map((path) => ({ path: path.slice('chart/'.length), text: readFileSync(path, 'utf8') })))
const values = readValues(readFileSync('values.yaml', 'utf8'), 'values.yaml')
process.stdout.write(renderChart(chart, values, { name: 'release' }, { noMemory: true }).manifest)
