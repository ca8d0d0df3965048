import { sortedKeys, toBytes } from '../go/bytes.ts'
import { roomy } from '../go/capacity.ts'
import { func, GoError, Int, Slice, TypedMap, type Value } from '../go/value.ts'
import { encodeBase64 } from '../yaml/index.ts'
import type { ChartFile } from './chart.ts'
import { globMatcher } from './glob/index.ts'
import { lenient, toYaml } from './writers.ts'

const objects = new WeakMap<readonly ChartFile[], TypedMap>()

/**
 * `.Files` with its methods; made once for a list of files, since no template can change it.
 * Source: Helm `pkg/engine/files.go`.
 */
export function filesObject(files: readonly ChartFile[]): TypedMap {
  const object = objects.get(files) ?? withMethods(files.map(({ path, text }) => [path, text]))
  objects.set(files, object)
  return object
}

function withMethods(entries: readonly (readonly [string, string])[]): TypedMap {
  const texts = new Map(entries)
  const methods = new Map([
    ['Get', func(['string'], path => texts.get(path) ?? '')],
    ['GetBytes', func(['string'], path => bytesOf(texts.get(path) ?? ''))],
    ['Glob', func(['string'], pattern => matching(entries, pattern))],
    ['Lines', func(['string'], path => new Slice('string', linesOf(texts.get(path))))],
    ['AsConfig', func([], () => config(texts))],
    ['AsSecrets', func([], () => secrets(texts))],
  ])
  return new TypedMap('engine.files', entries.map(([path, text]) => [path, bytesOf(text)] as const), methods)
}

const bytes = Array.from({ length: 256 }, (_, byte) => new Int(byte, 'uint8'))

/** Go reads a file into a buffer of half a kilobyte, or of its size and one more. */
const inBuffer = (items: Value[]): Value[] => roomy(items, () => Math.max(512, items.length + 1), bytes[0])

/** The bytes of a text, made only where a template looks at them: most charts bring files that none does. */
function bytesOf(text: string): Slice {
  let items: Value[] | undefined
  const get = (): Value[] => (items ??= inBuffer(Array.from(toBytes(text), byte => bytes[byte]!)))
  return Object.defineProperty(new Slice('uint8', []), 'items', { get })
}

function matching(entries: readonly (readonly [string, string])[], pattern: string): TypedMap {
  const matches = globMatcher(pattern)
  return withMethods(entries.filter(([path]) => matches(path)))
}

function linesOf(text: string | undefined): string[] {
  if (text === undefined) return []
  if (text === '') throw new GoError('runtime error: index out of range [-1]')
  return text.replace(/\n$/, '').split('\n')
}

const baseName = (path: string): string => path.slice(path.lastIndexOf('/') + 1)

const written = lenient(toYaml)

/** Files by their bare names; of equal names the last in path order wins. */
const byName = (texts: ReadonlyMap<string, string>, encode: (text: string) => Value): string =>
  written(new Map(sortedKeys(texts).map(path => [baseName(path), encode(texts.get(path)!)])))

const config = (texts: ReadonlyMap<string, string>): string => byName(texts, text => text)
const secrets = (texts: ReadonlyMap<string, string>): string => byName(texts, text => encodeBase64(toBytes(text)))
