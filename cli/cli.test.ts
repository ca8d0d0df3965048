import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import JSZip from 'jszip'
import { afterAll, describe, expect, test } from 'vitest'
import { defaults, presetConfig, presets } from '../lib/config/index.ts'
import { render } from '../lib/render.ts'
import { decodeLink, encodeLink, writeConfigFile } from '../lib/share/index.ts'
import { requireTool } from '../testing/tools.ts'
import { readArgs, UsageError } from './args.ts'
import { readSet } from './set.ts'

const root = join(import.meta.dirname, '..')
const work = mkdtempSync(join(tmpdir(), 'chassis-cli-'))
afterAll(() => rmSync(work, { recursive: true, force: true }))

const cli = (...args: readonly string[]) =>
  spawnSync(join(root, 'node_modules/.bin/tsx'), [join(root, 'cli/main.ts'), ...args], { cwd: work, encoding: 'utf8', maxBuffer: 1 << 26 })

describe('arguments', () => {
  test.each([
    ['nothing to write to', ['render'], 'either --out DIR or --zip FILE'],
    ['two places to write to', ['render', '--out', 'a', '--zip', 'b'], 'either --out DIR or --zip FILE'],
    ['two sources', ['link', '--preset', 'a', '--config', 'b'], 'only one of --preset, --config'],
    ['an unknown option', ['check', '--jsn'], "Unknown option '--jsn'"],
    ['an unknown command', ['rendr'], 'unknown command “rendr”'],
  ])('%s', (_, words, message) => {
    expect(() => readArgs(words)).toThrow(UsageError)
    expect(() => readArgs(words)).toThrow(message)
  })
})

test.each([[], ['help'], ['-h'], ['render', '--help'], ['check', '--json', '-h'], ['link', '--preset', 'a', '--help'], ['presets', '-h']])('%s asks for help', (...words) => {
  expect(readArgs(words)).toEqual({ name: 'help' })
})

describe('--set', () => {
  test.each([
    ['replicaCount=3', { replicaCount: 3 }],
    ['app.name=a=b', { 'app.name': 'a=b' }],
    ['ingress.enabled=true', { 'ingress.enabled': true }],
    ['public.hosts=a.example,b.example', { 'public.hosts': ['a.example', 'b.example'] }],
    ['public.hosts=', { 'public.hosts': [] }],
    ['extraEnv={"A":"1,2"}', { extraEnv: { A: '1,2' } }],
    ['podLabels=a=1,b=x=y', { podLabels: { a: '1', b: 'x=y' } }],
  ])('%s', (text, patch) => expect(readSet(text)).toEqual(patch))

  test.each([
    ['replicaCount=three', 'wants a whole number'],
    ['replicaCont=3', 'did you mean replicaCount?'],
    ['ingress.enabled=yes', 'wants true or false'],
    ['database.backend=mysql', 'wants one of postgres, sqlite, custom'],
    ['podLabels=a', 'wants key=value'],
    ['database.postgres.password=x', 'no such setting'],
    ['=3', 'write path=value'],
    ['__proto__.x=1', 'no such setting'],
  ])('%s is refused', (text, message) => expect(() => readSet(text)).toThrow(message))
})

describe('the command', () => {
  const shell = (line: string) => spawnSync('sh', ['-c', line], { cwd: root, encoding: 'utf8' })

  test('ends without a word when its reader has left', () => {
    const { stdout, stderr } = shell('{ node_modules/.bin/tsx cli/main.ts presets; echo $? >&2; } | true')
    expect([stdout, stderr]).toEqual(['', '141\n'])
  })

  test.skipIf(!existsSync('/dev/full'))('says where it cannot write', () => {
    const { status, stderr } = shell('node_modules/.bin/tsx cli/main.ts presets > /dev/full')
    expect([status, stderr]).toEqual([1, 'standard output: the disk is full\n'])
  })

  test('presets: one a line, the name first', () => {
    const lines = cli('presets').stdout.trim().split('\n')
    expect(lines.map((line) => line.split(' ')[0])).toEqual(presets.map(({ id }) => id))
  })

  test('render --zip and --out give the same files, the same bytes each time, and run scripts as programs', async () => {
    expect(cli('render', '--preset', 'vm-compose', '--set', 'release.name=orders', '--zip', 'one.zip').status).toBe(0)
    cli('render', '--preset', 'vm-compose', '--set', 'release.name=orders', '--zip', 'two.zip')
    expect(readFileSync(join(work, 'one.zip'))).toEqual(readFileSync(join(work, 'two.zip')))
    expect(cli('render', '--preset', 'vm-compose', '--set', 'release.name=orders', '--out', 'bundle').status).toBe(0)
    const preset = presets.find(({ id }) => id === 'vm-compose')!
    const { files } = render({ ...presetConfig(preset), 'release.name': 'orders' })
    const zip = await JSZip.loadAsync(readFileSync(join(work, 'one.zip')))
    expect(Object.keys(zip.files).sort()).toEqual(files.map(({ path }) => `orders/${path}`).sort())
    for (const { path, text, executable } of files) {
      expect(readFileSync(join(work, 'bundle', path), 'utf8')).toBe(text)
      expect(await zip.file(`orders/${path}`)?.async('string')).toBe(text)
      expect(statSync(join(work, 'bundle', path)).mode & 0o111, path).toBe(executable ? 0o111 : 0)
    }
  })

  test('templates of the user have the functions that are fetched', () => {
    const extra = '- {apiVersion: v1, kind: ConfigMap, metadata: {name: extra}, data: {x: \'{{ toToml (dict "a" 1) }}\'}}'
    writeFileSync(join(work, 'extra.yaml'), writeConfigFile({ ...defaults, extraObjects: extra }))
    expect(cli('render', '--config', 'extra.yaml', '--out', 'extra').status).toBe(0)
    expect(readFileSync(join(work, 'extra/manifests/extra-objects.yaml'), 'utf8')).toContain('a = 1')
  })

  test('link and check read what render wrote', () => {
    const config = { ...defaults, 'app.name': 'Orders' }
    writeFileSync(join(work, 'deploy.config.yaml'), writeConfigFile(config))
    const link = cli('link', '--config', 'deploy.config.yaml').stdout.trim()
    expect(decodeLink(link).config).toEqual(config)
    expect(cli('check', '--link', `https://host/#${encodeLink(config)}`).status).toBe(0)
  })

  test('check ends with status 1 on errors, and --json is JSON', () => {
    const { status, stdout } = cli('check', '--json', '--set', 'database.backend=sqlite')
    expect(status).toBe(1)
    expect(JSON.parse(stdout)).toContainEqual(expect.objectContaining({ severity: 'error', path: 'replicaCount' }))
  })

  test.each([
    ['a preset that is not there', ['check', '--preset', 'nope'], '--preset nope: there is none'],
    ['a file that is not there', ['render', '--config', 'nope.yaml', '--out', 'x'], 'nope.yaml: there is no such file or folder'],
    ['a cut link', ['check', '--link', 'https://host/#v1.abc.zzzz'], 'cut off or altered'],
    ['a folder under a file', ['render', '--out', 'deploy.config.yaml/x'], 'a file is in the way'],
  ])('%s: one line, status 2, nothing written', (_, words, message) => {
    const before = readdirSync(work)
    const { status, stderr } = cli(...words)
    expect(status).toBe(2)
    expect(stderr.trim().split('\n')).toHaveLength(1)
    expect(stderr).toContain(message)
    expect(readdirSync(work)).toEqual(before)
  })

  const helm = requireTool('helm')
  test.skipIf(helm === undefined)('template prints what helm template prints', () => {
    const values = join(work, 'values.yaml')
    writeFileSync(values, 'database:\n  postgres:\n    existingSecret: db\n')
    const args = [join(root, 'chart'), '-f', values, '--set', 'replicaCount=4,podLabels.team=shop', '--namespace', 'shop', '--kube-version', '1.33.0']
    const theirs = execFileSync(helm as string, ['template', 'orders', ...args], { encoding: 'utf8' })
    expect(cli('template', 'orders', ...args).stdout).toBe(theirs)
    const refused = cli('template', join(root, 'chart'))
    expect(refused.status).toBe(1)
    expect(refused.stderr).toBe(spawnSync(helm as string, ['template', 'release-name', join(root, 'chart')], { encoding: 'utf8' }).stderr)
  })
})

