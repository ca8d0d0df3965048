import { execFileSync, spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { requireTool } from '../testing/tools.ts'
import { readTemplateFlags } from './template-flags.ts'
import { template } from './template.ts'
import { templateHelp } from './template-help.ts'

const helm = requireTool('helm')
const work = mkdtempSync(join(tmpdir(), 'chassis-template-'))
afterAll(() => rmSync(work, { recursive: true, force: true }))

function write(folder: string, files: Readonly<Record<string, string>>): string {
  const root = join(work, folder)
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true })
    writeFileSync(join(root, path), text)
  }
  return root
}

const config = (name: string, lines = ''): string => `kind: ConfigMap\nmetadata:\n  name: ${name}\n${lines}`

const full = write('full', {
  'Chart.yaml':
    'apiVersion: v2\nname: full\nversion: 1.2.3\ndeprecated: true\nappVersion: 1.10\ndependencies:\n- {name: sub, version: 1.x.x, alias: other, condition: "other.enabled,flag", import-values: [gone, {child: none, parent: x}]}\n',
  'values.yaml': 'flag: 3\nother: {table: {a: 1}, text: x}\ntable: {a: 1}\ntext: plain\n',
  'templates/a.yaml': config('a', 'data:\n  v: {{ toJson .Values }}\n  r: {{ toJson .Release }}\n  has: {{ .Capabilities.APIVersions.Has "x/v1" }}\n  k: {{ .Capabilities.KubeVersion }}\n  c: {{ .Chart.AppVersion }}\n'),
  'templates/dir/b.yaml': `${config('b')}---\n${config('c', '  annotations: {helm.sh/hook: pre-install}\n')}`,
  'templates/test.yaml': 'kind: Pod\nmetadata:\n  name: t\n  annotations: {helm.sh/hook: test}\n',
  'templates/odd.yaml': 'kind: Pod\nmetadata:\n  annotations: {helm.sh/hook: crd-install}\n',
  'templates/NOTES.txt': 'hello\n',
  'crds/x.yaml': 'kind: CustomResourceDefinition\n',
})
const packed = write('packed/sub', {
  'Chart.yaml': 'apiVersion: v1\nname: sub\nversion: 1.4.0\n',
  'values.yaml': 'table: none\ntext: {a: 1}\nglobal: {g: 1}\n',
  'templates/s.yaml': config('{{ .Chart.Name }}', 'data: {v: {{ toJson .Values | quote }}}\n'),
  'crds/y.yaml': 'kind: CustomResourceDefinition\n',
})
mkdirSync(join(full, 'charts'), { recursive: true })
execFileSync('tar', ['-czf', join(full, 'charts/sub-1.4.0.tgz'), '-C', dirname(packed), 'sub'])
execFileSync('tar', ['-czf', join(work, 'full.tgz'), '-C', work, 'full'])
const cut = join(work, 'cut.tgz')
writeFileSync(cut, readFileSync(join(work, 'full.tgz')).subarray(0, 100))
const bare = join(work, 'bare.tgz')
execFileSync('tar', ['-czf', bare, '-C', work, 'full/values.yaml'])

const old = write('old', {
  'Chart.yaml': 'name: old\nversion: 0.1.0\n',
  'requirements.yaml': 'dependencies:\n- {name: sub, version: "*", tags: [t]}\n- {name: gone, version: "*"}\n',
  'charts/sub/Chart.yaml': 'name: sub\nversion: 1.0.0\n',
})
const oldWhole = write('old-whole', {
  'Chart.yaml': 'name: old\nversion: 0.1.0\n',
  'requirements.yaml': 'dependencies:\n- {name: sub, version: "*", tags: [t]}\n',
  'requirements.lock': 'generated: 2020-01-01T00:00:00Z\n',
  'values.yaml': 'tags: {t: yes please}\nsub: {global: 3}\n',
  'templates/f.yaml': '{{ range $path, $_ := .Files }}{{ $path }}: 1\n{{ end }}d: {{ toJson .Chart.Dependencies }}\n',
  'charts/sub/Chart.yaml': 'name: sub\nversion: 1.0.0\n',
  'charts/sub/templates/s.yaml': 'v: {{ toJson .Values }}\n',
})
const mixed = write('mixed', { 'Chart.yaml': 'apiVersion: v2\nname: mixed\nversion: 0.1.0\n', 'requirements.yaml': 'dependencies: []\n', 'templates/a.yaml': 'a: {{ .Files.Get "requirements.yaml" }}1\n' })
const linked = write('linked', { 'Chart.yaml': 'apiVersion: v2\nname: linked\nversion: 0.1.0\n' })
symlinkSync(join(full, 'templates/dir'), join(linked, 'templates'))
/** A chart with links, none or one of which leads somewhere. */
const linking = (name: string, links: Readonly<Record<string, string>>): string => {
  const chart = write(name, { 'Chart.yaml': `apiVersion: v2\nname: ${name}\nversion: 0.1.0\n` })
  for (const [path, target] of Object.entries(links)) symlinkSync(target, join(chart, path))
  return chart
}
const gone = linking('gone', { 'a.txt': 'b.txt', 'b.txt': '../values/none/more/c.txt' })
const through = linking('through', { 'a.txt': 'Chart.yaml/a.txt' })
const circle = linking('circle', { 'a.txt': 'b.txt', 'b.txt': join(work, 'circle/a.txt') })
const twice = linking('twice', { 'a.txt': 'b.txt', 'b.txt': './../twice/Chart.yaml' })
/** Two definitions whose order in the folder is not that of their paths, nor that of the archives. */
const defining = write('defining', {
  'Chart.yaml': 'apiVersion: v2\nname: defining\nversion: 0.1.0\n',
  'crds/a/z.yaml': 'kind: Nested\n',
  'crds/a-b.yaml': 'kind: Beside\n',
  'crds/c.yaml': 'kind: Last\n',
})
const inArchive = (name: string, ...paths: readonly string[]): string => {
  const file = join(work, name)
  execFileSync('tar', ['czf', file, '-C', work, 'defining/Chart.yaml', ...paths.map((path) => `defining/crds/${path}`)])
  return file
}
const backwards = inArchive('backwards.tgz', 'c.yaml', 'a-b.yaml', 'a/z.yaml')
const outer = write('outer', { 'Chart.yaml': 'apiVersion: v2\nname: outer\nversion: 0.1.0\n', 'crds/o.yaml': 'kind: Outer\n', 'charts/.keep': '' })
execFileSync('cp', [backwards, join(outer, 'charts/defining-0.1.0.tgz')])
const stray = write('stray', { 'Chart.yaml': 'apiVersion: v2\nname: stray\nversion: 0.1.0\n', 'charts/README.md': 'hi\n' })
const broken = write('broken', { 'Chart.yaml': 'apiVersion: v2\nname: broken\nversion: 0.1.0\n', 'templates/a.yaml': '{{ fail "no" }}' })
const untidy = write('untidy', { 'Chart.yaml': 'apiVersion: v2\nname: untidy\nversion: 0.1.0\n', 'templates/a.yaml': 'a: 1\n b: 2\n', 'templates/NOTES.txt': 'said' })
const strict = write('strict', {
  'Chart.yaml': 'apiVersion: v2\nname: strict\nversion: 0.1.0\nkubeVersion: ">=9.0.0"\n',
  'values.schema.json': '{"properties": {"a": {"type": "string"}}}\n',
  'charts/none/Chart.yaml': 'apiVersion: v2\nname: none\nversion: 0.1.0\n',
  'charts/odd/Chart.yaml': 'apiVersion: v2\nname: odd\nversion: 0.1.0\n',
  'charts/odd/values.schema.json': '{"type":',
})
const laborious = write('laborious', {
  'Chart.yaml': 'apiVersion: v2\nname: laborious\nversion: 0.1.0\n',
  'templates/a.yaml': '{{ $text := repeat 1000000 "x" }}{{ range until 20 }}{{ $text = replace "x" (. | toString | trunc 1) $text }}{{ end }}a: {{ sha256sum $text }}\n',
})
const recent = write('recent', { 'Chart.yaml': 'apiVersion: v2\nname: recent\nversion: 0.1.0\nkubeVersion: ">=1.29.0-0"\n' })
const third = write('third', { 'Chart.yaml': 'apiVersion: v3\nname: third\nversion: 0.1.0\n' })
const ninth = write('ninth', { 'Chart.yaml': 'apiVersion: v9\nname: ninth\nversion: 0.1.0\n' })
/** Helm looks at the format of a chart before all else. */
const tenth = write('tenth', { 'Chart.yaml': 'apiVersion: v10\nname: [tenth]\n', 'values.yaml': 'a: b: c\n', 'requirements.yaml': 'dependencies: []\n' })
const listed = write('listed', { 'Chart.yaml': '[]\n' })
const values = join(write('values', { 'a.yaml': 'table: {b: 2}\n', 'b.yaml': 'table: 3\n', 'text.txt': 'of a file' }), 'a.yaml')
const folder = dirname(values)

/** Warnings come in random order. */
const ordered = (stderr: string): string[] => {
  const lines = stderr.split('\n')
  return [...lines.filter((line) => line.startsWith('level=')).sort(), ...lines.filter((line) => !line.startsWith('level='))]
}

describe.skipIf(helm === undefined)('template is helm template', () => {
  test.each(
    [
      [full],
      ['rel', full],
      ['rel', join(work, 'full.tgz')],
      ['rel', full, '--namespace=shop', '--kube-version', '1.30.2', '-a', 'x/v1,y/v1'],
      ['-n', 'shop', 'rel', full, '--include-crds', '--skip-tests'],
      ['rel', full, '--no-hooks', '--skip-crds', '--is-upgrade', '--skip-schema-validation=false'],
      ['rel', full, '-f', values, '--values', `${values},${join(folder, 'b.yaml')}`],
      ['rel', full, '--set', 'a=1,b.c={x,y}', '--set-string', 'd=1', '--set-json', 'e={"f":[1]}', '--set-literal', 'g=a,b', '--set-file', `h=${join(folder, 'text.txt')}`],
      ['rel', full, '--set', 'table=3', '--set', 'other.text=1'],
      ['rel', full, '--set-json', '{"other":{"enabled":false}}'],
      ['rel', full, '-s', 'templates/a.yaml'],
      ['rel', full, '-s', 'templates/dir/*.yaml', '--show-only', 'templates/test.yaml'],
      ['rel', full, '-s', 'templates/*/*'],
      ['rel', full, '-s', 'templates/none.yaml'],
      ['rel', full, '-s', '[', '--skip-tests'],
      ['rel', full, '--include-crds', '-s', 'crds/x.yaml'],
      ['--name-template', 'x-{{ "A" | lower }}', full, '--dry-run'],
      ['--name-template', 'x-{{', full],
      ['--name-template', 'x', 'rel', full],
      ['-g', 'rel', full],
      ['-g', full, '--dry-run=client', '--timeout', '5m'],
      ['rel', full, '--dry-run=no'],
      ['rel', full, '--dry-run=none'],
      ['Rel', full],
      ['rel', full, '--kube-version', 'x'],
      ['rel', full, '--set', 'a'],
      ['rel', full, '--set', 'a=null', '--set', 'a.b=1'],
      ['rel', full, '--set', 'a=null', '--set-string', 'a[0]=1'],
      ['rel', full, '--set', 'a[1]=1,a[0].b=2,a[0][0]=3'],
      ['rel', full, '--set', 'a.', '--set', 'b[', '--set', 'c.d[0'],
      ['rel', full, '--set', 'a[0].b.c=', '--set-literal', 'd.', '--set-literal', 'e[1][2]'],
      ['rel', full, '--set', "a[0]é'x=1"],
      ['rel', full, '--set', 'a[9223372036854775808]=1'],
      ['rel', full, '--set', 'a.b=1,a.c=,a.d'],
      ['rel', full, '--set-json', 'a=01.', '--set-json', 'b=truec=nulld=[1]e="x"'],
      ['rel', full, '--set-json', 'a=1.'],
      ['rel', full, '--set-json', 'a=-5c[0]'],
      ['rel', full, '-f', join(folder, 'none.yaml')],
      ['rel', full, '-f', folder],
      ['rel', full, 'more', 'words'],
      ['rel', full, '--unknown'],
      ['rel', full, '-q'],
      ['rel', full, '--set'],
      ['rel', full, '--skip-tests=maybe'],
      [],
      ['rel', join(work, 'none')],
      ['rel', work],
      ['rel', values],
      ['rel', join(folder, 'text.txt')],
      ['rel', old],
      ['rel', oldWhole],
      ['rel', mixed],
      ['rel', linked],
      ['rel', defining, '--include-crds'],
      ['rel', backwards, '--include-crds'],
      ['rel', outer, '--include-crds'],
      ['rel', gone],
      ['rel', through],
      ['rel', circle],
      ['rel', twice],
      ['rel', stray],
      ['rel', broken],
      ['rel', recent, '--kube-version', 'v1.25.3-gke.100'],
      ['rel', recent, '--kube-version', '1.30.0-eks-036c24b'],
      ['rel', third],
      ['rel', ninth],
      ['rel', tenth],
      ['rel', listed],
      ['rel', full, '--debug', '--version', '1.2.3'],
      ['rel', full, '--debug', '--set-json', '{"other":{"enabled":false}}'],
      ['rel', broken, '--debug'],
      ['rel', broken, '--debug', '-s', 'templates/a.yaml'],
      ['rel', untidy, '--debug'],
      ['rel', untidy, '--debug', '-s', 'templates/a.yaml'],
      ['rel', full, '--debug', '--set', 'a'],
      ['rel', laborious],
      ['rel', strict, '--debug'],
      ['rel', strict, '--debug', '--set', 'a=1,odd.b=2'],
      ['rel', strict, '--debug', '--skip-schema-validation'],
      ['rel', full, '--debug=maybe'],
      ['rel', full, '--verify'],
      ['rel', join(work, 'full.tgz'), '--verify'],
      ['rel', 'none', '-f', 'none.yaml'],
      ['rel', 'repo/none', '--version', '1'],
      ['rel', full, '--username', 'u', '--password', 'p', '--keyring', 'k', '--pass-credentials', '--insecure-skip-tls-verify', '--plain-http'],
      ['rel', full, '--registry-config', 'r', '--repository-config', 'r', '--repository-cache', 'r', '--content-cache', join(work, 'cache')],
      ['rel', full, '--kube-apiserver', 'a', '--kube-as-user', 'u', '--kube-as-group', 'g', '--kube-token', 't', '--kube-insecure-skip-tls-verify'],
      ['rel', full, '--post-renderer-args', 'a', '--burst-limit', '-5', '--qps', '1.5', '--color', 'never'],
      ['rel', full, '--ca-file', 'none'],
      ['rel', full, '--ca-file', values],
      ['rel', full, '--cert-file', 'none'],
      ['rel', full, '--cert-file', 'none', '--key-file', 'none'],
      ['rel', full, '--burst-limit', 'x'],
      ['rel', full, '--qps', 'x'],
      ['rel', full, '-v', '6'],
      ['rel', full, '--v=3000000000'],
      ['rel', full, '-v', '0x1'],
      ['rel', full, '--help=maybe'],
      ['-h', '--unknown'],
      ['rel', full, '--color=bad'],
      ['rel', full, '--timeout', '1x'],
      ['rel', full, '--wait=true'],
      ['rel', full, '--wait=x'],
      ['rel', full, '-l', 'a'],
      ['rel', full, '-l', 'a=b'],
      ['rel', full, '--atomic', '--force'],
      ['rel', full, '--validate=false'],
      ['rel', full, '-a', '', '-f', ''],
      ['', full],
      ['rel', cut],
      ['rel', bare],
    ].map((words) => [words.join(' ').replaceAll(`${work}/`, ''), words] as const),
  )('%s', async (_, words) => {
    const theirs = spawnSync(helm as string, ['template', ...words], { encoding: 'utf8', cwd: work })
    const ours = await template(words)
    expect(ours.stdout).toBe(theirs.stdout)
    expect(ordered(ours.stderr)).toEqual(ordered(theirs.stderr))
    expect(ours.status).toBe(theirs.status)
  })

  const filesBelow = (path: string): Record<string, string> =>
    statSync(path).isDirectory() ? Object.assign({}, ...readdirSync(path).map((name) => filesBelow(join(path, name)))) : { [path]: readFileSync(path, 'utf8') }

  test.each([
    ['once', 1, []],
    ['again, where hooks are added to what is there', 2, []],
    ['below the name, with definitions', 1, ['--release-name', '--include-crds']],
  ])('--output-dir %s', async (_, times, more) => {
    const out = join(work, 'out')
    const words = ['rel', full, '--output-dir', out, ...more]
    const written = async (run: () => Promise<{ readonly stdout: string }>) => {
      const said: string[] = []
      for (let time = 0; time < times; time++) said.push((await run()).stdout)
      const files = filesBelow(out)
      rmSync(out, { recursive: true })
      return { said, files }
    }
    const theirs = await written(async () => spawnSync(helm as string, ['template', ...words], { encoding: 'utf8' }))
    expect(await written(() => template(words))).toEqual(theirs)
  })
})

test('--output-dir writes all, and then finds nothing to show', { skip: helm === undefined }, async () => {
  const out = join(work, 'shown')
  const words = ['rel', full, '--output-dir', out, '-s', 'templates/a.yaml']
  const theirs = spawnSync(helm as string, ['template', ...words], { encoding: 'utf8' })
  rmSync(out, { recursive: true })
  const ours = await template(words)
  expect({ ...ours, stderr: ordered(ours.stderr) }).toEqual({ stdout: theirs.stdout, stderr: ordered(theirs.stderr), status: theirs.status })
  rmSync(out, { recursive: true })
})

test('the recorded --output-dir', async () => {
  const cases = JSON.parse(readFileSync(new URL('../lib/helm/testdata/11-chart.json', import.meta.url), 'utf8')) as { args?: string[]; files: Record<string, string>; out: string }[]
  const found = cases.filter(({ args }) => args?.includes('--output-dir'))
  expect(found).toHaveLength(1)
  for (const { files, out } of found) {
    const chart = write('recorded', { 'Chart.yaml': 'apiVersion: v2\nname: lab\nversion: 0.1.0\n', ...files })
    const folder = join(work, 'out-of-recorded')
    expect((await template(['rel', chart, '--output-dir', folder])).stdout.replaceAll(folder, 'out')).toBe(out)
  }
})

test('--show-volatile tells on standard error which lines will differ', async () => {
  const chart = write('volatile', { 'Chart.yaml': 'apiVersion: v2\nname: volatile\nversion: 0.1.0\n', 'templates/a.yaml': 'a: 1\nid: {{ uuidv4 }}\n' })
  const plain = await template(['rel', chart])
  expect(await template(['rel', chart, '--show-volatile'])).toEqual({ ...plain, stderr: 'volatile/templates/a.yaml:2: will differ when it is installed\n' })
})

test.each([
  ['--enable-dns', 'getHostByName'],
  ['--post-renderer=x', 'plugin'],
  ['--repo=http://127.0.0.1:9', 'helm pull'],
])('%s is refused with a way out', async (flag, way) => {
  const { status, stdout, stderr } = await template(['rel', full, flag])
  expect([status, stdout]).toEqual([1, ''])
  expect(stderr).toContain(`${flag.split('=')[0]} is not supported: `)
  expect(stderr).toContain(way)
})

test.each(['https://127.0.0.1:9/c.tgz', 'oci://127.0.0.1:9/c'])('%s is refused with a way out', async (place) => {
  const { status, stderr } = await template(['rel', place])
  expect(status).toBe(1)
  expect(stderr).toContain('helm pull')
})

test.each(['--dependency-update', '--validate', '--dry-run=server'])('%s is refused with a reason', async (flag) => {
  const { status, stderr } = await template(['rel', full, flag])
  expect(status).toBe(1)
  expect(stderr).toContain('this command opens no connection')
})

test('--name names the release, too', async () => {
  expect(await template([full, '--name', 'rel'])).toEqual(await template(['rel', full]))
  expect((await template(['rel', full, '--name', 'other'])).stderr).toContain('cannot set --name')
})

test.each([['-h'], ['rel', 'none', '--help'], ['-gh', 'a', 'b', 'c']])('%s %s %s lists the options', async (...words) => {
  expect(await template(words)).toEqual({ stdout: templateHelp, stderr: '', status: 0 })
})

const fitting: Readonly<Record<string, string>> = {
  '--burst-limit': '1', '--color': 'never', '--colour': 'never', '--labels': 'a=b', '--qps': '1', '--timeout': '1s', '--wait': 'watcher',
}
const takes = (option: string): void =>
  void expect(readTemplateFlags(['--help', `${option}=${fitting[option] ?? 'true'}`]).values.has(option.slice(2)), option).toBe(true)

test('every option that is listed is taken', () => {
  for (const [option] of templateHelp.matchAll(/--[a-z][a-z-]+/g)) takes(option)
})

test('every option of Helm is taken', { skip: helm === undefined }, () => {
  const theirs = spawnSync(helm as string, ['template', '--help'], { encoding: 'utf8' }).stdout
  for (const [, option] of theirs.matchAll(/^ +(?:-\w, )?(--[a-z-]+)/gm)) takes(option!)
})
