import { HelmError } from './failure.ts'
import { trimSpace } from './trim.ts'

interface Rule {
  readonly negated: boolean
  readonly directoriesOnly: boolean
  /** Whether only the last part of a path is looked at. */
  readonly nameOnly: boolean
  readonly pattern: RegExp
}

/**
 * The files that .helmignore does not name. Throws `HelmError` for a pattern that is wrong.
 * Source: Helm `pkg/ignore`: a negated rule ignores everything that it does not match.
 */
export function withoutIgnored<F extends { readonly path: string; readonly text: string }>(files: readonly F[]): F[] {
  const ignores = ignoring(files.find(({ path }) => path === '.helmignore')?.text ?? '')
  return files.filter(({ path }) => {
    const parts = path.split('/')
    return !parts.some((_, i) => ignores(parts.slice(0, i + 1).join('/'), i < parts.length - 1))
  })
}

/** What a .helmignore of this text ignores, given paths inside the chart. Throws `HelmError`. */
export function ignoring(text: string): (path: string, isDirectory: boolean) => boolean {
  const rules = [...text.split(/\r?\n/), 'templates/.?*'].flatMap(parseRule)
  return (path, isDirectory) => matches(path, isDirectory, rules)
}

function parseRule(line: string): Rule[] {
  const text = trimSpace(line.replace(/^\ufeff/, ''))
  if (text === '' || text.startsWith('#')) return []
  if (text.includes('**')) throw new HelmError('double-star (**) syntax is not supported')
  const negated = text.startsWith('!')
  const positive = negated ? text.slice(1) : text
  const directoriesOnly = positive.endsWith('/')
  const bare = directoriesOnly ? positive.slice(0, -1) : positive
  return [{ negated, directoriesOnly, nameOnly: !bare.includes('/'), pattern: pathPattern(bare.replace(/^\//, '')) }]
}

function matches(path: string, isDirectory: boolean, rules: readonly Rule[]): boolean {
  for (const { negated, directoriesOnly, nameOnly, pattern } of rules) {
    const applies = !directoriesOnly || isDirectory
    const found = applies && pattern.test(nameOnly ? path.slice(path.lastIndexOf('/') + 1) : path)
    if (found !== negated) return true
  }
  return false
}

const characterClass = /^\[(\^?)((?:(?:\\.|[^\]\\-])(?:-(?:\\.|[^\]\\-]))?)+)\]/su

/** The ranges of a class; one whose ends are in the wrong order holds nothing. */
const rangesOf = (text: string): string =>
  text.replace(/\\?(.)(?:-\\?(.))?/gsu, (_, low: string, high = low) => (low.codePointAt(0)! > (high as string).codePointAt(0)! ? '' : `${inClass(low)}-${inClass(high as string)}`))

const inClass = (character: string): string => character.replace(/[\\\]^-]/, '\\$&')

/** A pattern of paths as Go's `filepath.Match` reads it. Throws `HelmError`. */
export function pathPattern(pattern: string): RegExp {
  let source = ''
  const wrong = (): never => {
    throw new HelmError('syntax error in pattern')
  }
  for (let i = 0; i < pattern.length; i++) {
    const character = pattern[i]!
    if (character === '*') source += '[^/]*'
    else if (character === '?') source += '[^/]'
    else if (character === '\\') source += literal(pattern[++i] ?? wrong())
    else if (character === '[') {
      const found = characterClass.exec(pattern.slice(i)) ?? wrong()
      source += `[${found[1]}${rangesOf(found[2]!)}]`
      i += found[0].length - 1
    } else source += literal(character)
  }
  try {
    return new RegExp(`^${source}$`, 'su')
  } catch {
    return wrong()
  }
}

const literal = (character: string): string => character.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&')
