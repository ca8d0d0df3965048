/**
 * Writes the files of the chart that follow from the declared settings, and embeds the chart
 * into `lib/chart`. `--check` writes nothing and fails when a file is not what it would be.
 */
import { readFileSync, readdirSync, writeFileSync, existsSync } from 'node:fs'
import { join } from 'node:path'
import { chartDefaultOf, chartKeys, valuesSchema } from '../lib/config/chart-values.ts'
import { helpOf } from '../lib/config/help/index.ts'
import { commentedYaml } from '../lib/yaml/commented.ts'

const root = join(import.meta.dirname, '..')

const valuesHeading = `Values of the chassis chart. Generated from the declared settings by \`npm run generate\`.
A key left out here has the value below; values.schema.json refuses unknown keys and bad values.`

function valuesFile(): string {
  const entries = chartKeys.map(({ path, field }) => ({
    path: path.split('.'),
    value: chartDefaultOf(field),
    comment: field.kind === 'secret' ? `${helpOf(path)} (secret)` : helpOf(path),
  }))
  return commentedYaml(entries, valuesHeading)
}

function chartFiles(): readonly { path: string; text: string }[] {
  const folder = join(root, 'chart')
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .sort()
    .map((path) => ({ path, text: readFileSync(join(folder, path), 'utf8') }))
}

const embedded = (): string =>
  [
    '// The files of chart/, embedded by `npm run generate`. Edit those, never this.',
    'export const chartSource: readonly { readonly path: string; readonly text: string }[] = [',
    ...chartFiles().map(({ path, text }) => `  { path: ${JSON.stringify(path)}, text: ${JSON.stringify(text)} },`),
    ']',
    '',
  ].join('\n')

/** Later ones read what earlier ones wrote. */
const generated: readonly (readonly [path: string, text: () => string])[] = [
  ['chart/values.yaml', valuesFile],
  ['chart/values.schema.json', () => `${JSON.stringify(valuesSchema(), null, 2)}\n`],
  ['lib/chart/source.generated.ts', embedded],
]

const check = process.argv.includes('--check')
const stale: string[] = []
for (const [path, text] of generated) {
  const file = join(root, path)
  const now = text()
  if (existsSync(file) && readFileSync(file, 'utf8') === now) continue
  if (check) stale.push(path)
  else writeFileSync(file, now)
}
if (stale.length > 0) {
  console.error(`stale: ${stale.join(', ')}; run npm run generate`)
  process.exit(1)
}
