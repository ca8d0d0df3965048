import { literalOf } from './literals.ts'
import type { Random } from './random.ts'
import { signatures, type Signature } from './signatures.ts'
import type { Place } from './values.ts'

/** Kinds that are another each time. */
const drawn = new Set(['drawn', 'drawnInt', 'drawnTime'])
const texts = new Set(['string', 'key', 'separator', 'regex', 'replacement', 'version', 'constraint', 'json', 'yaml', 'toml', 'base64', 'base32', 'path', 'url', 'layout', 'dateText', 'zone', 'duration', 'format', 'template', 'template-text'])
const numbers = new Set(['int', 'int64', 'float64', 'number', 'small'])
const lists = new Set(['list', 'texts', 'ints', 'nested'])
const maps = new Set(['map', 'split'])
const everyKind = ['string', 'int', 'int64', 'float64', 'bool', 'list', 'texts', 'ints', 'map', 'nested', 'split', 'time', 'semver', 'any', 'key']

/** Whether what a function gives is likely to serve where a kind is asked for. */
function serves(result: string, kind: string): boolean {
  if (result === kind) return true
  if (drawn.has(result)) return false
  if (kind === 'any') return true
  if (numbers.has(kind)) return kind === 'number' && numbers.has(result)
  if (kind === 'list') return lists.has(result)
  if (kind === 'map') return maps.has(result)
  return kind === 'string' && texts.has(result)
}

const makers = new Map<string, readonly Signature[]>()
function makersOf(kind: string): readonly Signature[] {
  const known = makers.get(kind) ?? signatures.filter(({ result }) => serves(result, kind))
  makers.set(kind, known)
  return known
}

/** What a chart's templates see beside the values, its methods, and places where there is nothing. */
const objects = [
  '.', '$', 'nil', '.Values.nope', '.nope', '(.Values.nope).x', '.Values.nope.x', '$.Values.s.x', '(.Values).s', '((.Values.map))', '(dict "a" 1).a', '(list 1).x', '(index .Values.list 0).x',
  '.Chart.Name', '.Chart.Version', '.Chart.Annotations', '.Chart.Annotations.x', '.Chart.nope', '.Chart.Maintainers', '.Template.Name', '.Template.BasePath', '.Release.Name', '.Release.IsInstall', '.Release.Revision', '.Release.nope',
  '(.Files.Get "a.txt")', '(.Files.Get "nope")', '(.Files.Lines "a.txt")', '(.Files.GetBytes "a.txt")', '((.Files.Glob "**").AsConfig)', '((.Files.Glob "conf/*").AsSecrets)', '(.Files.Glob "*.txt")', '(index .Files "a.txt")', '.Files.Get', '(.Files.nope)',
  '.Capabilities.KubeVersion', '.Capabilities.KubeVersion.Major', '.Capabilities.KubeVersion.GitVersion', '.Capabilities.KubeVersion.nope', '(.Capabilities.APIVersions.Has "v1")', '(.Capabilities.APIVersions.Has "x/y")', '(.Capabilities.APIVersions.Has 1)', '.Capabilities.HelmVersion', '.Capabilities.HelmVersion.Version', '(len .Capabilities.APIVersions)',
  '(semver "1.2.3-a+b").Major', '((semver "1.2.3").IncMinor)', '((semver "1.2.3").Compare (semver "2"))', '(semver "1.2.3").nope', '((toDate "2006-01-02" "2024-02-29").Year)', '((toDate "2006-01-02" "2024-02-29").AddDate 0 1 1)', '((toDate "2006-01-02" "2024-02-29").Format "Jan 2")', '(toDate "2006-01-02" "2024-02-29").UTC',
  '(index . "Values")', '$.Values', '.Subcharts', '(fromJson "null")', '(rest list)', '(splitn "," 0 "a")', '(float64 "NaN")', '(float64 "Inf")', '(divf 0.0 0)', '(int64 "9223372036854775807")', '(dict "" 1)', '(dict "__proto__" (dict "x" 1))', '(fromYaml "\\xff: 1")',
]

/** Constants in their stranger forms. */
const constants = ["'\\n'", "'\\''", "'é'", "'\\u00e9'", "'\\x41'", '1i', '2.5i', '1+2i', '0b101', '0o17', '017', '0x1p-2', '1_000', '0x_1F', '1e400', '9223372036854775808', '-9223372036854775809', '18446744073709551615', '1e-400', '.5e1', '5.', '`a\\n`', '``', '"\\x00"', '"\\U0001F600"', '"\\377"', 'true', '-0', '+1', "'ab'", '08', '1e']

/** The kind of the places where a kind can be found. */
const wantedFor = (kind: string): string =>
  texts.has(kind) ? 'string' : numbers.has(kind) ? 'float64' : lists.has(kind) ? 'list' : maps.has(kind) || kind === 'fresh' ? 'map' : kind

/** Writes random templates over values whose places are known. */
export class Grammar {
  private variables: string[] = []
  private inRange = 0
  /** Names of definitions are never used twice, for cases of a batch stand in one chart. */
  private defined = 0
  constructor(
    private readonly random: Random,
    private readonly places: readonly Place[],
  ) {}

  /** A whole template: mostly one expression, sometimes with statements around. */
  template(): string {
    this.variables = []
    this.inRange = 0
    const { random } = this
    if (random.chance(0.05)) return this.definition()
    if (random.chance(0.55)) return this.action(3)
    return random.times(1, 3, () => this.node(3)).join('')
  }

  /** A named template and calls of it. */
  private definition(): string {
    const { random } = this
    const name = `"fuzz.d${this.defined++}"`
    if (random.chance(0.4)) return `${this.tag(`block ${name} ${this.pipeline('any', 1)}`)}${this.nodes(2)}${this.tag('end')}`
    const defined = `${this.tag(`define ${name}`)}${this.nodes(2)}${this.tag('end')}`
    const calls = random.times(1, 2, () => this.tag(`${random.pick(['template', 'include'])} ${name} ${this.operand('any', 1)}`)).join(this.text())
    return random.chance(0.5) ? defined + calls : calls + defined
  }

  private text(): string {
    return this.random.pick(['', ' ', 'x', '\n', 'a: ', '\n  ', '- ', ' \t ', 'é', '}}', '{ {', '"'])
  }

  private open(): string {
    return this.random.pick(['{{', '{{ ', '{{ ', '{{- ', '{{-\n'])
  }

  private close(): string {
    return this.random.pick(['}}', ' }}', ' }}', ' -}}'])
  }

  private tag(inner: string): string {
    return `${this.open()}${inner}${this.close()}`
  }

  private nodes(depth: number): string {
    const held = [...this.variables]
    const made = this.random.times(1, 2, () => this.node(depth)).join('')
    this.variables = held
    return made
  }

  private node(depth: number): string {
    const { random } = this
    if (depth === 0) return this.action(1)
    switch (random.below(12)) {
      case 0:
        return this.branch('if', depth)
      case 1:
        return this.branch('with', depth)
      case 2:
      case 3:
        return this.range(depth)
      case 4:
        return this.declaration(depth)
      case 5:
        return this.tag(`template ${literalOf(random, 'template')}${random.chance(0.8) ? ` ${this.pipeline('any', depth - 1)}` : ''}`)
      case 6:
        return this.inRange && random.chance(0.7) ? this.tag(random.pick(['break', 'continue'])) : random.pick([`{{/* ${this.text().replaceAll('}}', '')} */}}`, '{{- /* a\nb */ -}}', '{{/* a */}}', ' {{- /**/ -}} '])
      default:
        return this.text() + this.action(depth) + this.text()
    }
  }

  private action(depth: number): string {
    return this.tag(this.pipeline('any', depth))
  }

  private declaration(depth: number): string {
    const { random } = this
    const value = this.pipeline('any', depth - 1)
    if (this.variables.length > 0 && random.chance(0.4)) return this.tag(`${random.pick(this.variables)} = ${value}`)
    const name = `$${random.pick(['x', 'y', 'z'])}`
    this.variables.push(name)
    return this.tag(`${name} := ${value}`)
  }

  private branch(word: 'if' | 'with', depth: number): string {
    const { random } = this
    const held = [...this.variables]
    const declared = random.chance(0.2) ? '$w := ' : ''
    const head = this.tag(`${word} ${declared}${this.pipeline('any', depth - 1)}`)
    if (declared) this.variables.push('$w')
    const body = this.nodes(depth - 1)
    const other = random.chance(0.3) ? this.tag(`else ${random.chance(0.95) ? word : 'range'} ${this.pipeline('any', depth - 1)}`) + this.nodes(depth - 1) : ''
    const orElse = random.chance(0.4) ? this.tag('else') + this.nodes(depth - 1) : ''
    this.variables = held
    return head + body + other + orElse + this.tag('end')
  }

  private range(depth: number): string {
    const { random } = this
    const held = [...this.variables]
    const over = this.pipeline(random.pick(['list', 'list', 'map', 'ints', 'small', 'any']), depth - 1)
    const declared = random.pick([[], [], ['$v'], ['$k', '$v'], ['$x'], ['$x', '$y']])
    const assigned = declared.length > 0 && declared.every((each) => this.variables.includes(each)) && random.chance(0.5)
    const head = this.tag(`range ${declared.length > 0 ? `${declared.join(', ')} ${assigned ? '=' : ':='} ` : ''}${over}`)
    this.variables.push(...declared)
    this.inRange++
    const body = this.nodes(depth - 1)
    this.inRange--
    this.variables = held
    const orElse = random.chance(0.3) ? this.tag('else') + this.nodes(depth - 1) : ''
    return head + body + orElse + this.tag('end')
  }

  /** A value of about this kind, as a pipeline. */
  pipeline(kind: string, depth: number): string {
    const { random } = this
    if (depth <= 0 || makersOf(kind).length === 0 || random.chance(0.25)) return this.operand(kind, depth)
    if (random.chance(0.5)) return this.call(kind, depth)
    const last = random.pick(makersOf(kind))
    const kinds = this.kindsOf(last)
    const piped = kinds.at(-1) ?? 'any'
    return `${this.pipeline(this.erring(piped), depth - 1)}${this.pipe()}${this.invocation(last.name, kinds.slice(0, -1), depth)}`
  }

  private pipe(): string {
    return this.random.chance(0.9) ? ' | ' : this.random.pick(['|', '\n| ', ' |\n', '\t|\r\n'])
  }

  /** A function or method with operands of these kinds. */
  private invocation(name: string, kinds: readonly string[], depth: number): string {
    const operands = kinds.map((each) => this.operand(this.erring(each), depth - 1))
    if (!name.startsWith('.')) return [name, ...operands].join(' ')
    const receiver = operands[0] ?? '$'
    const called = /^(?:\(.*\)|[.$][\w.]*)$/s.test(receiver) && receiver !== '.' ? receiver : `(${receiver})`
    return [called + name, ...operands.slice(1)].join(' ')
  }

  private kindsOf({ args, rest }: Signature): string[] {
    const { random } = this
    const kinds = rest ? [...args, ...random.times(0, 3, () => rest)] : [...args]
    if (random.chance(0.02)) kinds.pop()
    if (random.chance(0.02)) kinds.push('any')
    return kinds
  }

  /** Sometimes another kind than the one asked for. */
  private erring(kind: string): string {
    if (kind === 'fresh' || kind === 'small') return this.random.chance(0.02) ? 'bool' : kind
    if (drawn.has(kind)) return kind
    return this.random.chance(0.035) ? this.random.pick(everyKind) : kind
  }

  private call(kind: string, depth: number): string {
    const made = this.random.pick(makersOf(kind))
    return this.invocation(made.name, this.kindsOf(made), depth)
  }

  private operand(kind: string, depth: number): string {
    const { random } = this
    if (kind === 'fresh') return random.chance(0.5) ? literalOf(random, 'map') : `(deepCopy ${this.place('map')})`
    if (kind === 'small') return literalOf(random, kind)
    if (drawn.has(kind)) return `(${this.call(kind, Math.max(depth, 1))})`
    if (depth > 0 && makersOf(kind).length > 0 && random.chance(0.45)) return `(${this.pipeline(kind, depth - 1)})`
    if (this.variables.length > 0 && random.chance(0.2)) return random.pick(this.variables)
    if (random.chance(this.hasPlace(kind) ? 0.45 : 0.05)) return this.place(kind)
    if (this.inRange > 0 && random.chance(0.1)) return random.pick(['.', '.name', '.value', '.on', '.a', '.b.c', '.x1', '$v.name', '$k'].filter((each) => !each.startsWith('$') || this.variables.includes(each.slice(0, 2))))
    if (this.variables.length > 0 && random.chance(0.04)) return `${random.pick(this.variables)}.${random.pick(['a', 'name', 'x', 'a.b', 'Year', 'Get'])}`
    if (random.chance(0.06)) return random.pick(objects)
    if (kind === 'any' && random.chance(0.03)) return random.pick(constants)
    return literalOf(random, kind === 'any' ? random.pick(everyKind) : kind)
  }

  private hasPlace(kind: string): boolean {
    return kind === 'any' || this.places.some((place) => place.kind === wantedFor(kind))
  }

  private place(kind: string): string {
    const { random } = this
    const wanted = wantedFor(kind)
    const fitting = this.places.filter((place) => place.kind === wanted && place.path !== '.Values')
    const { path } = random.pick(fitting.length > 0 && random.chance(0.95) ? fitting : this.places)
    return `$${path}`
  }
}
