import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { withReplacements } from '../go/bytes.ts'
import { Int, Struct, Slice, TypedMap, func, type Value } from '../go/value.ts'
import { readYaml } from '../yaml/index.ts'
import { compileTemplates, executeTemplates } from './engine.ts'
import { pending } from './testdata/pending.ts'

interface Case {
  readonly t: string
  readonly v?: string
  readonly rc: number
  readonly out: string
  readonly err?: string
}

const folder = new URL('./testdata/', import.meta.url)
const read = (name: string): string => readFileSync(new URL(name, folder), 'utf8')
const standardValues = read('values.yaml')

const files = [
  '01-lexing', '02-control', '03-builtins', '04-printf', '05-strings', '06-lists-dicts', '07-math-num',
  '08-regex-semver-date', '09-yaml-json-toml', '13-misc',
]

const name = 'lab/templates/NOTES.txt'

const chart = (): Map<string, Value> =>
  new Map<string, Value>([
    ['Name', 'lab'], ['Version', '0.1.0'], ['AppVersion', '1.2.3'], ['APIVersion', 'v2'], ['Annotations', null],
    ['Condition', ''], ['Dependencies', []], ['Deprecated', false], ['Description', ''], ['Home', ''], ['Icon', ''],
    ['IsRoot', true], ['Keywords', []], ['KubeVersion', ''], ['Maintainers', []], ['Sources', []], ['Tags', ''], ['Type', ''],
  ])

const kubeVersion = new Struct('common.KubeVersion', new Map<string, Value>([
  ['Version', 'v1.35.0'], ['normalizedVersion', 'v1.35.0'], ['Major', '1'], ['Minor', '35'],
]), 'v1.35.0', new Map([['GitVersion', func([], () => 'v1.35.0')]]))

const apiVersions = ['v1', 'apps/v1']
const capabilities = new Struct('*common.Capabilities', new Map<string, Value>([
  ['KubeVersion', kubeVersion],
  ['APIVersions', new Slice('string', apiVersions, new Map([['Has', func(['string'], wanted => apiVersions.includes(wanted))]]), 'common.VersionSet')],
]))

const noFiles = new TypedMap('engine.files', [], new Map([
  ['Get', func(['string'], () => '')],
  ['GetBytes', func(['string'], () => new Slice('uint8', []))],
]))

function dot(values: string): TypedMap {
  return new TypedMap('common.Values', [
    ['Chart', chart()],
    ['Capabilities', capabilities],
    ['Release', new Map<string, Value>([['Name', 'rel'], ['Namespace', 'default'], ['Service', 'Helm'], ['IsInstall', true], ['IsUpgrade', false], ['Revision', new Int(1)]])],
    ['Files', noFiles],
    ['Subcharts', new Map()],
    ['Values', valuesObject(readYaml(values) as Map<string, Value>)],
  ])
}

function valuesObject(values: Map<string, Value>): TypedMap {
  const object: TypedMap = new TypedMap('common.Values', values ?? [], new Map([
    ['AsMap', func([], () => new Map(object))],
    ['Table', func(['string'], path => {
      const found = object.get(path)
      if (found instanceof Map) return found
      throw new Error(`"${path}" is not a table`)
    })],
  ]))
  return object
}

function render({ t, v }: Case): string {
  try {
    const compiled = compileTemplates([{ name, text: t, basePath: 'lab/templates' }])
    // The cases were recorded as JSON, which has no place for a byte that is not UTF-8.
    return withReplacements(executeTemplates(compiled, new Map([[name, dot(v ?? standardValues)]])).get(name)!)
  } catch (error) {
    if (!(error instanceof Error) || error.name !== 'TemplateError') throw error
    return `✗ ${error.message}`
  }
}

const recorded = ({ rc, out, err }: Case): string => (rc ? `✗ ${err!.replace(/\n$/, '')}` : out)

describe.each(files)('%s', file => {
  const cases = JSON.parse(read(`${file}.json`)) as Case[]
  cases.forEach((each, at) => {
    const id = `${file}#${at}`
    const reason = pending.get(id)
    if (reason) test.fails(`${id} (${reason}) ${each.t}`, () => expect(render(each)).toBe(recorded(each)))
    else test(`${id} ${each.t}`, () => expect(render(each)).toBe(recorded(each)))
  })
})
