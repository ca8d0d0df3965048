import { writeFileSync } from 'node:fs'
import type { Value } from '../../lib/go/value.ts'
import { copyValue } from '../../lib/helm/values.ts'
import { fingerprint } from '../../lib/text/hash.ts'
import { writeJson, writeYaml } from '../../lib/yaml/index.ts'
import { Random } from '../fuzz/random.ts'
import type { Knob, Knobs } from './knobs.ts'

/** What is asked of both beside the chart: the release's name and the flags. */
export interface Variation {
  readonly name: string
  readonly flags: readonly string[]
}

/**
 * A chart's variation of a number: values turned and flags added, the same for the same seed, which
 * is a text. Values that go into a values file are written to the one named.
 */
export function variation(knobs: Knobs, seed: string, number: number, file: string): Variation {
  const random = new Random(Number.parseInt(fingerprint(`${seed} ${number}`).slice(-8), 16))
  const turned = turns[number % turns.length]!(random, knobs.values)
  const values = random.chance(0.35) ? turned.flatMap((knob) => setting(random, knob)) : inFile(turned, file)
  return { name: random.chance(0.3) ? random.pick(names(knobs.chart)) : 'rel', flags: [...flags(random, knobs), ...values] }
}

const names = (chart: string): readonly string[] => [chart, `${chart}-1`, 'a', 'a-release-with-a-name-as-long-as-fifty-three-letters', 'x.y']

/** Many likely changes reach far; few unlikely ones show what goes wrong, and how that is said. */
const turns: readonly ((random: Random, knobs: readonly Knob[]) => Knob[])[] = [
  (random, knobs) => some(random, knobs.filter(isSwitch), 0.3).map((knob) => likely(random, knob)),
  (random, knobs) => some(random, knobs.filter((knob) => isSwitch(knob) || isEmpty(knob.value)), 0.25).map((knob) => likely(random, knob)),
  (random, knobs) => drawn(random, knobs, 5).map((knob) => likely(random, knob)),
  (random, knobs) => drawn(random, knobs, 2).map((knob) => ({ ...knob, value: random.pick(unlikely) })),
]

const some = (random: Random, knobs: readonly Knob[], most: number): Knob[] => {
  const probability = random.chance(0.5) ? most : most / 5
  return knobs.filter(() => random.chance(probability))
}
const drawn = (random: Random, knobs: readonly Knob[], most: number): Knob[] => (knobs.length === 0 ? [] : random.times(1, most, () => random.pick(knobs)))

const isSwitch = ({ value }: Knob): boolean => typeof value === 'boolean'
const isEmpty = (value: Value): boolean => value === undefined || value === null || value === '' || (Array.isArray(value) ? value.length === 0 : value instanceof Map && value.size === 0)

const table = (entries: { readonly [key: string]: Value }): Value => new Map(Object.entries(entries))

const texts: readonly Value[] = ['text', 'a-b', 'x.example.com', '10Mi', 'v1.2.3', '{{ .Release.Name }}-x', 'True', '8080', '']
const numbers: readonly Value[] = [0, 1, 3, 8080, 1.5, 1e6, 5368709120]
const lists: readonly Value[] = [['x'], ['a', 'b'], [table({ name: 'x', value: 'y' })], [table({ name: 'x' }), table({ name: 'y', value: 3 })], []]
const tables: readonly Value[] = [table({ key: 'value' }), table({ 'a.b/c': 'd', e: '5' }), table({ enabled: true }), table({ name: 'x', items: ['y'] }), table({})]
const unlikely: readonly Value[] = [null, true, false, '5', 'true', 'null', '%d {{', '- x', 'a: b', 'one\ntwo\n', -1, 1e21, 0.1, ...texts, ...numbers, ...lists, ...tables]

/** Another value of a knob, most often of the kind that it has. */
function likely(random: Random, { path, value }: Knob): Knob {
  if (random.chance(0.05)) return { path, value: null }
  return { path, value: changed(random, value) }
}

function changed(random: Random, value: Value): Value {
  if (typeof value === 'boolean') return !value
  if (typeof value === 'number') return random.pick(numbers)
  if (typeof value === 'string') return random.pick(texts)
  if (Array.isArray(value) && value.length > 0 && random.chance(0.6)) {
    const at = random.below(value.length)
    return random.chance(0.5) ? value.filter((_, each) => each !== at) : value.map((item, each) => (each === at ? changed(random, item) : item))
  }
  if (Array.isArray(value)) return random.pick(lists)
  if (value instanceof Map && value.size > 0 && random.chance(0.8)) {
    const key = random.pick([...value.keys()])
    return new Map([[key, random.chance(0.2) ? null : changed(random, value.get(key))]])
  }
  return random.pick(value instanceof Map ? tables : random.pick([texts, numbers, lists, tables, [true]]))
}

const kubeVersions = ['1.16.0', '1.22', 'v1.25.3-gke.100', '1.28.4+k3s1', '1.30.0-eks-036c24b', '1.31.0', '1.33', 'v1.36.0']

function flags(random: Random, { apiVersions, files }: Knobs): string[] {
  const switches = { '--is-upgrade': 0.15, '--include-crds': 0.2, '--no-hooks': 0.1, '--skip-tests': 0.1, '--skip-schema-validation': 0.6 }
  return [
    ...(random.chance(0.3) ? ['--namespace', random.pick(['kube-system', 'ns-1', 'default'])] : []),
    ...(random.chance(0.3) ? ['--kube-version', random.pick(kubeVersions)] : []),
    ...(random.chance(0.2) && apiVersions.length > 0 ? ['--api-versions', random.pick(apiVersions)] : []),
    ...(random.chance(0.2) && apiVersions.length > 0 ? ['--api-versions', apiVersions.join(',')] : []),
    ...(random.chance(0.03) && files.length > 0 ? ['--show-only', random.pick(files)] : []),
    ...Object.entries(switches).flatMap(([flag, probability]) => (random.chance(probability) ? [flag] : [])),
  ]
}

const key = (path: readonly string[]): string => path.map((part) => part.replace(/[\\.,=[\]{}]/g, '\\$&')).join('.')

/** A knob as a flag. */
function setting(random: Random, { path, value }: Knob): string[] {
  if (typeof value === 'string' && random.chance(0.7)) return ['--set-string', `${key(path)}=${value.replace(/[\\,{}]/g, '\\$&')}`]
  if (value === null || typeof value === 'boolean' || typeof value === 'number') return ['--set', `${key(path)}=${String(value)}`]
  return ['--set-json', random.chance(0.3) ? json(nested([{ path, value }])) : `${key(path)}=${json(value)}`]
}

const json = (value: Value): string => writeJson(value, { escapeHtml: false })

/** Knobs as a values file. */
function inFile(knobs: readonly Knob[], file: string): string[] {
  writeFileSync(file, writeYaml(nested(knobs)))
  return ['-f', file]
}

function nested(knobs: readonly Knob[]): Map<string, Value> {
  const root = new Map<string, Value>()
  for (const { path, value } of knobs) {
    let into = root
    for (const part of path.slice(0, -1)) {
      const present = into.get(part)
      const next = present instanceof Map ? present : new Map<string, Value>()
      into.set(part, next)
      into = next
    }
    into.set(path.at(-1)!, copyValue(value ?? null))
  }
  return root
}
