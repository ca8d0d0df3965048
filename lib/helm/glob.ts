/**
 * A path pattern as `.Files.Glob` reads it: `*` and `?` stop at a slash, `**` crosses it,
 * `{a,b}`, `[abc]`, `[a-z]`, `[!a]`. A pattern that is wrong matches everything.
 * Source: gobwas/glob 0.2.3 with `/` as separator, and Helm's fallback.
 */
export function globMatcher(pattern: string): (path: string) => boolean {
  const source = regexSource(pattern)
  if (source === undefined) return () => true
  const compiled = new RegExp(`^${source}$`, 'su')
  return path => compiled.test(path)
}

/** A brace that nobody closes is no error, yet nothing fits. */
const neverMatches = '(?!)'

function regexSource(pattern: string): string | undefined {
  let source = ''
  let depth = 0
  for (let i = 0; i < pattern.length; i++) {
    const character = pattern[i]!
    if (character === '*') {
      const double = pattern[i + 1] === '*'
      source += double ? '.*' : '[^/]*'
      if (double) i++
    } else if (character === '?') source += '[^/]'
    else if (character === '\\') source += literal(pattern[++i] ?? '\\')
    else if (character === '{') {
      depth++
      source += '(?:'
    } else if (character === '}' && depth > 0) {
      depth--
      source += ')'
    } else if (character === ',' && depth > 0) source += '|'
    else if (character === '[') {
      const range = /^\[(!?)((?:[^\]\\]|\\.)+)\]/su.exec(pattern.slice(i))
      const characters = range && rangeSource(range[2]!)
      if (!characters) return undefined
      source += `[${range[1] ? '^' : ''}${characters}]`
      i += range[0].length - 1
    } else source += literal(character)
  }
  return depth === 0 ? source : neverMatches
}

/** Either one range `a-z` or a list of characters, as gobwas/glob has it. */
function rangeSource(text: string): string | undefined {
  const range = /^(.)-(.)$/su.exec(text)
  if (!range) return [...text.replace(/\\(.)/gsu, '$1')].map(inClass).join('')
  return range[1]! <= range[2]! ? `${inClass(range[1]!)}-${inClass(range[2]!)}` : undefined
}

const inClass = (character: string): string => character.replace(/[\\\]^[-]/, '\\$&')
const literal = (character: string): string => character.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&')
