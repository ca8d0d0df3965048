import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { presets } from '../lib/config/index.ts'
import { requireTool } from '../testing/tools.ts'

const root = join(import.meta.dirname, '..')
const folder = mkdtempSync(join(tmpdir(), 'chassis-package-'))
const installed = join(folder, 'node_modules/chassis-configurator')

function ran(command: string, args: readonly string[], cwd = folder): string {
  const { status, stdout, stderr } = spawnSync(command, args, { cwd, encoding: 'utf8' })
  expect(status, stdout + stderr).toBe(0)
  return stdout
}

beforeAll(() => {
  ran('npm', ['pack', '--silent', '--pack-destination', folder], root)
  const [archive] = readdirSync(folder).filter((name) => name.endsWith('.tgz'))
  mkdirSync(installed, { recursive: true })
  ran('tar', ['xzf', join(folder, archive as string), '--strip-components', '1', '-C', installed])
}, 120_000)

afterAll(() => rmSync(folder, { recursive: true, force: true }))

const body = `
const chart = loadChart([
  { path: 'Chart.yaml', text: 'apiVersion: v2\\nname: demo\\nversion: 0.1.0\\n' },
  { path: 'values.yaml', text: 'name: world\\n' },
  { path: 'templates/hello.yaml', text: 'hello: {{ .Values.name | regexFind "[a-z]+" }}\\n' },
])
const values = readValues('name: reader\\n', 'my values')
const { manifest } = renderChart(chart, values, { name: 'release' })
const [, , line] = explainChart(chart, values, { name: 'release' }).manifest
`
const names = '{ explainChart, loadChart, readValues, renderChart }'
const output = '---\n# Source: demo/templates/hello.yaml\nhello: reader\n demo/templates/hello.yaml:1 name\n'
const print = 'console.log(manifest, `${line.file}:${line.line} ${line.values}`)\n'

test.each([
  ['import', 'mjs', `import ${names} from 'chassis-configurator/helm'`],
  ['require', 'cjs', `const ${names} = require('chassis-configurator/helm')`],
])('renders a chart by %s', (_, extension, head) => {
  const file = join(folder, `render.${extension}`)
  writeFileSync(file, head + body + print)
  expect(ran(process.execPath, [file])).toBe(output)
})

test.each(['mts', 'cts'])('has types for .%s', (extension) => {
  const file = join(folder, `types.${extension}`)
  writeFileSync(file, `import ${names} from 'chassis-configurator/helm'${body}export const text: string = manifest\nexport const place: readonly string[] | undefined = line?.values\n`)
  const options = ['--noEmit', '--strict', '--skipLibCheck', 'false', '--target', 'es2022', '--lib', 'es2023', '--module', 'node16', '--moduleResolution', 'node16']
  ran(process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), ...options, file])
  writeFileSync(file, `import { loadChart } from 'chassis-configurator/helm'\nloadChart(1)\n`)
  expect(spawnSync(process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), ...options, file], { cwd: folder, encoding: 'utf8' }).stdout).toContain("Argument of type 'number'")
})

test('brings its README and needs no other package', () => {
  expect(JSON.parse(readFileSync(join(installed, 'package.json'), 'utf8'))).not.toHaveProperty('dependencies')
  expect(readFileSync(join(installed, 'lib/helm/README.md'), 'utf8')).toContain('# chassis-configurator/helm')
  for (const file of ['dist/helm.js', 'dist/helm.cjs']) expect(readFileSync(join(installed, file), 'utf8')).not.toMatch(/(?:from|require\()\s*["'][^./]/)
})

test('its README says what each function of the entry is for', async () => {
  const readme = readFileSync(join(installed, 'lib/helm/README.md'), 'utf8')
  for (const name of Object.keys((await import(join(installed, 'dist/helm.js'))) as object)) expect(readme).toContain(name)
})

test('the command runs by itself', () => {
  const command = join(installed, 'dist/cli.cjs')
  const lines = ran(process.execPath, [command, 'presets']).trim().split('\n')
  expect(lines.map((line) => line.split(/\s/)[0])).toEqual(presets.map(({ id }) => id))
  ran(process.execPath, [command, 'render', '--preset', 'vm-compose', '--zip', 'bundle.zip'])
  mkdirSync(join(folder, 'demo/templates'), { recursive: true })
  writeFileSync(join(folder, 'demo/Chart.yaml'), 'apiVersion: v2\nname: demo\nversion: 0.1.0\n')
  writeFileSync(join(folder, 'demo/templates/a.yaml'), 'a: {{ regexFind "(?i)B+" "abbc" }}\n')
  const rendered = () => ran(process.execPath, [command, 'template', 'release', 'demo'])
  const manifest = '---\n# Source: demo/templates/a.yaml\na: bb\n'
  expect(rendered()).toBe(manifest)
  // Started from what the first run has compiled, and where that cannot be read.
  const keptFiles = readdirSync(join(installed, 'dist/cli')).filter((name) => name.startsWith('template-main') && !name.endsWith('.js'))
  expect(keptFiles).toHaveLength(1)
  const kept = join(installed, 'dist/cli', keptFiles[0]!)
  const { size } = statSync(kept)
  expect(rendered()).toBe(manifest)
  writeFileSync(kept, 'nothing compiled')
  expect(rendered()).toBe(manifest)
  // It is kept anew, and when it is old once more.
  expect(statSync(kept).size).toBeGreaterThan(size / 2)
  utimesSync(kept, 0, 0)
  expect(rendered()).toBe(manifest)
  expect(statSync(kept).mtimeMs).toBeGreaterThan(0)
})

const helm = requireTool('helm')

test.skipIf(helm === undefined).each([
  '{{ include "a" . }}',
  '{{ template "a" . }}',
  '{{ tpl "{{ include \\"a\\" . }}" . }}',
  '{{ if lt (int .) 900 }}{{ . }} {{ include "a" (add1 .) }}{{ end }}',
])('the command follows templates that call themselves as far as Helm does: %s', (call) => {
  mkdirSync(join(folder, 'deep/templates'), { recursive: true })
  writeFileSync(join(folder, 'deep/Chart.yaml'), 'apiVersion: v2\nname: deep\nversion: 0.1.0\n')
  writeFileSync(join(folder, 'deep/templates/a.yaml'), `{{ define "a" }}${call}{{ end }}a: {{ include "a" 0 }}\n`)
  const outcome = (command: string, args: readonly string[]) => {
    const { status, stdout, stderr } = spawnSync(command, [...args, 'template', 'release', 'deep'], { cwd: folder, encoding: 'utf8' })
    return { status, stdout, stderr }
  }
  expect(outcome(process.execPath, [join(installed, 'dist/cli.cjs')])).toEqual(outcome(helm!, []))
})
