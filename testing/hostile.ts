import fc from 'fast-check'
import { anyValue } from '../lib/config/arbitrary.ts'
import type { Condition, Field, Scalar } from '../lib/config/field.ts'
import {
  applies,
  defaults,
  settings,
  type Config,
  type Patch,
  type Path,
  type SettingValue,
} from '../lib/config/index.ts'
import { check } from '../lib/checks/index.ts'
import { problemOf } from '../lib/config/schema.ts'
import { rawOf } from '../lib/plan/index.ts'
import { repaired } from './repaired.ts'
import { variations } from './variations.ts'

/** Pieces of text that mean something to one of the languages in which files are written, or that are mistaken for something else. */
export const fragments: readonly string[] = [
  "'",
  '"',
  "''",
  '\\',
  '\\"',
  '`',
  '``',
  '```',
  '\n',
  '\r\n',
  '\r',
  '\t',
  ' ',
  '  ',
  '\n---\n',
  '\n- ',
  '\n  key: value\n',
  '\n...\n',
  '\n# ',
  '\n```\n',
  '$(touch /tmp/broken)',
  '`touch /tmp/broken`',
  '${{ secrets.KUBE_CONFIG }}',
  '${{',
  '}}',
  '{{ .Values.app }}',
  '{{',
  '{{- fail "x" -}}',
  '{%',
  '$HOME',
  '${HOME}',
  '$$',
  '$',
  '$(POD_IP)',
  '%',
  '%%',
  '%n',
  '%(x)s',
  '{remote_host}',
  '{$HOME}',
  '{',
  '}',
  '#',
  ' #',
  ' # x',
  ':',
  ': ',
  '::error::',
  '-',
  '--',
  '-rf',
  '--help',
  '- ',
  '? ',
  '| ',
  '|',
  '>',
  '&',
  '&&',
  '&a',
  '*',
  '*a',
  '!',
  '!!binary ',
  '@',
  ',',
  '[',
  ']',
  '=',
  ';',
  ';;',
  '<',
  '<<',
  '<<EOF\n',
  '<script>',
  '</script>',
  '<!--',
  '~',
  '^',
  'yes',
  'No',
  'on',
  'off',
  'y',
  'n',
  'true',
  'null',
  '~',
  '0x1F',
  '0o17',
  '017',
  '1e3',
  '1_000',
  '-_0',
  '.inf',
  '.NaN',
  '2020-01-01',
  '12:30:45',
  '1',
  '-1',
  '0.1',
  '=',
  '<<',
  '\0',
  '\x01',
  '\x07',
  '\x1b[2J',
  '\x7f',
  '\u0080',
  '\u0085',
  '\u00a0',
  '\u2028',
  '\u2029',
  '\ufeff',
  '\ufffe',
  '\uffff',
  '\ud800',
  '\udc00',
  '\ue000',
  '😀',
  'größe',
  'שלום',
  '\u202e',
  '../',
  '/../../etc/passwd',
  '..',
  './',
  '/',
  '//',
  'a',
  'word',
  '__proto__',
  'constructor',
  'x'.repeat(300),
]

/** One of them, or several in a row; now and then something with letters around it, that begins and ends well. */
export const anyHostileText: fc.Arbitrary<string> = fc.oneof(
  { weight: 2, arbitrary: fc.constantFrom(...fragments) },
  {
    weight: 2,
    arbitrary: fc
      .tuple(
        fc.constantFrom('a', 'a ', 'x.'),
        fc.constantFrom(...fragments),
        fc.constantFrom('b', ' b', ''),
      )
      .map((parts) => parts.join('')),
  },
  {
    weight: 2,
    arbitrary: fc
      .array(fc.constantFrom(...fragments), { minLength: 1, maxLength: 6 })
      .map((parts) => parts.join('')),
  },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', minLength: 1, maxLength: 30 }) },
)

/** A place for a text in a setting: an item, a key, a value. */
export interface TextPlace {
  /** The setting's value with a text there. */
  readonly value: (text: string) => SettingValue
  /** What the declaration and the checks want around a word. */
  readonly shape: (word: string) => string
  /** A harmless text of that shape which stands nowhere else. */
  readonly benign: string
}

/** A setting that takes text in some form. */
export interface TextSetting {
  readonly path: Path
  readonly field: Field
  readonly places: readonly TextPlace[]
  /** Whether its declaration takes any line of text. */
  readonly free: boolean
}

const token = (at: number): string => `zq${String(at).padStart(3, '0')}qz`

/** Shapes that patterns ask for, around a word of one's own. */
const shapes: readonly ((word: string) => string)[] = [
  (word) => word,
  (word) => `${word}.example.com`,
  (word) => `/${word}`,
  (word) => `/srv/${word}`,
  (word) => `./data/${word}`,
  (word) => `X-${word}`,
  (word) => `https://${word}.example.com`,
  (word) => `https://${word}.example.com/${word}`,
  (word) => `s3://${word}/${word}`,
  (word) => `oci://registry.example.com/${word}`,
  (word) => `ghcr.io/${word}`,
  (word) => `${word}@example.com`,
  (word) => `${word}@zq.iam.gserviceaccount.com`,
  (word) => `arn:aws:iam::123456789012:role/${word}`,
  (word) => `projects/1/locations/global/workloadIdentityPools/${word}/providers/${word}`,
  (word) => word.toUpperCase(),
]

/** Names that a map takes where they are not free. */
const mapKeys: Readonly<Partial<Record<Path, string>>> = {
  'secrets.remoteKeys': 'APP_REDIS_PASSWORD',
}

const textKinds = new Set<Field['kind']>(['text', 'list', 'map', 'yaml'])

/** Every declared setting that takes text: a new one is among them without being named here. */
export const textSettings: readonly TextSetting[] = settings
  .filter(({ field }) => textKinds.has(field.kind))
  .map(({ path, field }, at) => {
    const home = variations.find(([, config]) => applies(config, path))?.[1] ?? madeFor(field)
    const places = valuesWith(path, field).map((value): TextPlace => {
      const fits = (shape: (word: string) => string): boolean =>
        problemOf(path, value(shape(token(at)))) === undefined &&
        !check({ ...home, [path]: value(shape(token(at))) }).some(
          (finding) => finding.severity === 'error' && finding.path === path,
        )
      const shape = shapes.find(fits) ?? ((word) => word)
      return { value, shape, benign: shape(token(at)) }
    })
    const free = problemOf(path, places[0]?.value(`a "'$#\\`) as SettingValue) === undefined
    return { path, field, places, free }
  })

function valuesWith(path: Path, field: Field): readonly ((text: string) => SettingValue)[] {
  switch (field.kind) {
    case 'list':
      return [(text) => [text] as SettingValue]
    case 'map':
      return [
        (text) => ({ [mapKeys[path] ?? 'ZQ_NAME']: text }) as SettingValue,
        (text) => ({ [text]: 'value' }) as SettingValue,
      ]
    case 'yaml':
      return yamlPlaces(path, field.shape)
    default:
      return [(text) => text as SettingValue]
  }
}

/** Each text in what people write there; a setting without a sample gets a map of its own. */
function yamlPlaces(
  path: Path,
  shape: 'list' | 'map',
): readonly ((text: string) => SettingValue)[] {
  const samples = fc.sample(anyValue(path), { numRuns: 20, seed: 1 }) as string[]
  const sample = samples.sort((left, right) => right.length - left.length)[0] ?? ''
  const own = shape === 'list' ? [{ zq: 'text' }] : { zq: 'text' }
  const given = rawOf(sample, shape).value
  const value = textsIn(given).length > 0 ? given : own
  return textsIn(value).map(
    (keys) => (text) => JSON.stringify(replaced(value, keys, text)) as SettingValue,
  )
}

function textsIn(value: unknown, keys: readonly string[] = []): readonly (readonly string[])[] {
  if (typeof value === 'string') return [keys]
  return typeof value === 'object' && value !== null
    ? Object.entries(value).flatMap(([key, inner]) => textsIn(inner, [...keys, key]))
    : []
}

function replaced(value: unknown, [key, ...rest]: readonly string[], text: string): unknown {
  if (key === undefined) return text
  if (Array.isArray(value))
    return value.map((inner: unknown, at) =>
      String(at) === key ? replaced(inner, rest, text) : inner,
    )
  return {
    ...(value as object),
    [key]: replaced((value as Record<string, unknown>)[key], rest, text),
  }
}

type Named = readonly [name: string, config: Config]

/** What some configurations lack to be without errors, and no fix can know. */
const likely: Patch = {
  'auth.jwtIssuer': 'https://id.example.com/',
  'auth.jwtAudience': 'api',
  'auth.jwksUrl': 'https://id.example.com/keys',
  'database.postgres.host': 'db.example.com',
  'redis.host': 'redis.example.com',
  'database.postgres.sslRootCert': '/etc/ssl/certs/ca-certificates.crt',
  'rateLimit.trustedProxies': ['10.0.0.0/8'],
  'security.trustedProxies': ['10.0.0.0/8'],
  'litestream.replica.bucket': 'backups',
  'litestream.replica.path': 'orders',
}

function sound([name, config]: Named): Named {
  let filled = config
  for (;;) {
    const missing = check(filled).find(
      ({ severity, path }) =>
        severity === 'error' && Object.hasOwn(likely, path) && filled[path] !== likely[path],
    )
    if (!missing) return [name, repaired(filled)]
    filled = { ...filled, [missing.path]: likely[missing.path] }
  }
}

/** Configurations to put texts into: the variations, and more for settings that apply in none of them; without errors all. */
export const contexts: readonly Named[] = textSettings.reduce<readonly Named[]>(
  (known, { path, field }) =>
    known.some(([, config]) => applies(config, path))
      ? known
      : [...known, sound([`made for ${path}`, madeFor(field)])],
  [
    ...variations.map(sound),
    sound(['volumes', { ...defaults, extraVolumes: '- name: ca\n  configMap: {name: ca}\n' }]),
  ],
)

/** A configuration in which the first condition of a field holds. */
function madeFor(field: Field): Config {
  const patch: Record<string, SettingValue> = {}
  const fulfil = (one: Field): void => {
    const condition = ([one.when ?? {}].flat() as readonly Condition[])[0] ?? {}
    for (const [path, wanted] of Object.entries(condition)) {
      const first = (Array.isArray(wanted) ? (wanted as readonly Scalar[])[0] : wanted) as Scalar
      patch[path] = (Array.isArray(defaults[path as Path]) ? [first] : first) as SettingValue
    }
  }
  fulfil(field)
  return { ...defaults, ...(patch as Patch) }
}
