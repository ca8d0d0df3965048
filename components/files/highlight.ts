/** A piece of a line and what it is; the class in the style sheet is `t-` and this letter. */
export type Token = readonly [kind: 'k' | 's' | 'n' | 'c' | 'h' | 'v' | '', text: string]

export type Language =
  'yaml' | 'json' | 'shell' | 'env' | 'markdown' | 'conf' | 'template' | 'plain'

export function languageOf(path: string): Language {
  const name = path.split('/').at(-1) as string
  if (/^chart\/templates\//.test(path)) return 'template'
  if (/\.ya?ml$/.test(name)) return 'yaml'
  if (/\.json$/.test(name)) return 'json'
  if (/\.(sh|bash)$/.test(name)) return 'shell'
  if (/\.env|env\.example$/.test(name)) return 'env'
  if (/\.md$/.test(name)) return 'markdown'
  if (/\.(conf|container|service|network|volume)$|Caddyfile|Dockerfile/.test(name)) return 'conf'
  return 'plain'
}

type Rule = readonly [kind: Token[0], shape: RegExp]

const double: Rule = ['s', /"(?:[^"\\]|\\.)*"?/y]
const single: Rule = ['s', /'[^']*'?/y]
const variable: Rule = ['v', /\$\{\{.*?\}\}|\$\{[^}]*\}|\$\([A-Za-z_]+\)|\$[A-Za-z_@#?*0-9]+/y]
const number: Rule = [
  'n',
  /\b(?:true|false|null|-?\d+(?:\.\d+)?(?:[a-zA-Z]{1,2}|%)?)(?=$|[\s,\]}])/y,
]
const word: Rule = ['', /[A-Za-z0-9_./:@+-]+/y]

const inYaml: readonly Rule[] = [
  ['c', /(?:^|(?<=\s))#.*/y],
  ['k', /(?:"[^"]*"|'[^']*'|[A-Za-z0-9_.$/*+-][^\s:#"'{}[\]]*)(?=:(?:\s|$))/y],
  double,
  single,
  variable,
  number,
  word,
]

const rules: Readonly<Record<Exclude<Language, 'plain' | 'markdown'>, readonly Rule[]>> = {
  yaml: inYaml,
  template: [['v', /\{\{.*?(?:\}\}|$)/y], ...inYaml],
  json: [['k', /"(?:[^"\\]|\\.)*"(?=\s*:)/y], double, number, word],
  shell: [
    ['c', /(?:^|(?<=\s))#.*/y],
    [
      'k',
      /\b(?:if|then|else|elif|fi|for|in|do|done|while|until|case|esac|function|return|exit|set|local|export|trap)\b/y,
    ],
    double,
    single,
    variable,
    word,
  ],
  env: [
    ['c', /^\s*#.*/y],
    ['k', /^[A-Za-z_][A-Za-z0-9_]*(?==)/y],
    double,
    single,
    ['s', /(?<==).+/y],
  ],
  conf: [
    ['c', /(?:^|(?<=\s))#.*/y],
    ['h', /^\[.*\]$/y],
    ['k', /^\s*[A-Za-z_@][A-Za-z0-9_-]*(?=[\s={]|$)/y],
    double,
    single,
    variable,
    word,
  ],
}

/** A line of a file in coloured pieces; together they are the line. `literal` marks a line of a block of text. */
export function tokensOf(language: Language, line: string, literal: boolean): readonly Token[] {
  if (language === 'plain' || line === '') return [['', line]]
  if (language === 'markdown') return inMarkdown(line, literal)
  if (literal) return [['s', line]]
  return scan(rules[language], line)
}

function scan(rules: readonly Rule[], line: string): readonly Token[] {
  const tokens: Token[] = []
  let plain = 0
  const put = (kind: Token[0], from: number, to: number): void => {
    if (plain < from) tokens.push(['', line.slice(plain, from)])
    tokens.push([kind, line.slice(from, to)])
    plain = to
  }
  for (let at = 0; at < line.length;) {
    const end = matchAt(rules, line, at, put)
    at = end > at ? end : at + 1
  }
  if (plain < line.length) tokens.push(['', line.slice(plain)])
  return tokens
}

function matchAt(
  rules: readonly Rule[],
  line: string,
  at: number,
  put: (kind: Token[0], from: number, to: number) => void,
): number {
  for (const [kind, shape] of rules) {
    shape.lastIndex = at
    const found = shape.exec(line)?.[0]
    if (!found) continue
    if (kind !== '') put(kind, at, at + found.length)
    return at + found.length
  }
  return at
}

function inMarkdown(line: string, literal: boolean): readonly Token[] {
  if (/^\s*```/.test(line)) return [['c', line]]
  if (literal) return [['s', line]]
  if (/^#{1,6} /.test(line)) return [['h', line]]
  return scan(
    [
      ['s', /`[^`]+`/y],
      ['h', /\*\*[^*]+\*\*/y],
      ['k', /\[[^\]]*\]\([^)]*\)/y],
      ['n', /^\s*(?:[-*]|\d+\.)(?: \[[ x]\])?(?=\s)/y],
    ],
    line,
  )
}

/** Which lines lie inside a block of text: a block scalar, a here document, a fence. */
export function literalLines(language: Language, lines: readonly string[]): readonly boolean[] {
  if (language === 'yaml') return blockScalars(lines)
  if (language === 'markdown') return fences(lines)
  return []
}

function blockScalars(lines: readonly string[]): readonly boolean[] {
  let parent = -1
  return lines.map((line) => {
    const indent = line.search(/\S/)
    if (parent >= 0 && (indent > parent || indent < 0)) return true
    parent = /(?:^|[:\-]\s+)[|>][+-]?\d?[+-]?\s*(?:#.*)?$/.test(line) ? indent : -1
    return false
  })
}

function fences(lines: readonly string[]): readonly boolean[] {
  let inside = false
  return lines.map((line) => {
    if (!/^\s*```/.test(line)) return inside
    inside = !inside
    return false
  })
}
