/**
 * What is wrong with a directive's line, in libyaml's words; nothing if it is `%YAML` or `%TAG` as
 * they should be. Source: go-yaml v2 `yaml_parser_scan_directive`.
 */
export function directiveProblem(line: string): string | undefined {
  const [, name, after] = /^%([\w-]*)(.*)$/s.exec(line)!
  if (name === '') return 'could not find expected directive name'
  if (!/^(?:[ \t]|$)/.test(after!)) return 'found unexpected non-alphabetical character'
  if (name !== 'YAML' && name !== 'TAG') return 'found unknown directive name'
  return name === 'YAML' ? versionProblem(after!) : tagProblem(after!)
}

function versionProblem(text: string): string | undefined {
  const [all, major, dot, minor] = /^[ \t]*(\d*)(\.?)(\d*)/.exec(text)!
  return numberProblem(major!) ?? (dot === '' ? "did not find expected digit or '.' character" : (numberProblem(minor!) ?? endProblem(text.slice(all.length))))
}

function numberProblem(digits: string): string | undefined {
  if (digits.length > 2) return 'found extremely long version number'
  return digits === '' ? 'did not find expected version number' : undefined
}

function tagProblem(text: string): string | undefined {
  const [all, first, name, last] = /^[ \t]*(!?)([\w-]*)(!?)/.exec(text)!
  if (first === '' || (name !== '' && last === '')) return "did not find expected '!'"
  const rest = text.slice(all.length)
  if (!/^[ \t]/.test(rest)) return 'did not find expected whitespace'
  const [, prefix, end] = /^[ \t]+([\w;/?:@&=+$,.!~*'()[\]%-]*)(.*)$/s.exec(rest)!
  if (prefix === '') return 'did not find expected tag URI'
  return /^(?:[ \t]|$)/.test(end!) ? endProblem(end!) : 'did not find expected whitespace or line break'
}

const endProblem = (text: string): string | undefined => (/^[ \t]*(?:#.*)?$/s.test(text) ? undefined : 'did not find expected comment or line break')

/** A directive without fault: the handle that `%TAG` gives a prefix, or nothing and the version. */
export function readDirective(line: string): { readonly name: string; readonly handle: string; readonly value: string } {
  const [name, first, second] = line.slice(1).split(/[ \t]+/)
  if (name === 'TAG') return { name, handle: first!, value: second! }
  return { name: 'YAML', handle: '', value: /^[\d.]+/.exec(first!)![0].split('.').map(Number).join('.') }
}

/** How far a tag reaches that begins at an index, or what is wrong with it. Source: go-yaml v2 `yaml_parser_scan_tag`. */
export function scanTag(text: string, from: number): { readonly end: number; readonly problem?: string } {
  const isVerbatim = text[from + 1] === '<'
  const head = matchAt(isVerbatim ? /!</y : /!(?:[\w-]*!)?/y, text, from)
  const uri = matchAt(/(?:[\w;/?:@&=+$,.!~*'()[\]-]|%[\dA-Fa-f]{2})*/y, text, from + head.length)
  const end = from + head.length + uri.length
  if (text[end] === '%') return { end, problem: 'did not find URI escaped octet' }
  if (uri === '' && head.length > 1) return { end, problem: 'did not find expected tag URI' }
  if (!isVerbatim) return { end }
  return text[end] === '>' ? { end: end + 1 } : { end, problem: "did not find the expected '>'" }
}

function matchAt(pattern: RegExp, text: string, at: number): string {
  pattern.lastIndex = at
  return pattern.exec(text)?.[0] ?? ''
}
