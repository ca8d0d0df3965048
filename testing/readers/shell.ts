import type { Tree } from './tree.ts'

/**
 * A shell script as its tokens: words with their quotes removed, operators, and what is expanded.
 * Comments and line continuations are gone. It knows the part of bash that the bundle is written in.
 */
export function readShell(text: string): Tree {
  const reader = new Reader(text)
  const tokens = reader.tokens('')
  if (reader.at < text.length)
    throw new Error(`unread from ${JSON.stringify(text.slice(reader.at, reader.at + 40))}`)
  return tokens
}

const operators = [
  '<<-',
  '<<<',
  '&&',
  '||',
  ';;',
  '>>',
  '<<',
  '>&',
  '<&',
  '<(',
  '>(',
  ';',
  '|',
  '&',
  '<',
  '>',
  '(',
  ')',
  '\n',
]

class Reader {
  at = 0
  private readonly pending: string[] = []
  constructor(private readonly text: string) {}

  /** Tokens up to the end that is asked for, which is taken, too. A token is `[kind, …]` or a word. */
  tokens(end: string): Tree[] {
    const found: Tree[] = []
    // Patterns of a `case` close a parenthesis that nothing has opened.
    let cases = 0
    while (this.at < this.text.length) {
      const rest = this.text.slice(this.at, this.at + 3)
      if (end !== '' && rest.startsWith(end) && (end !== ')' || cases === 0)) {
        this.at += end.length
        return found
      }
      if (rest.startsWith('\\\n')) this.at += 2
      else if (/^[ \t]/.test(rest)) this.at++
      else if (rest.startsWith('#')) this.skipComment()
      else {
        const operator = operators.find((one) => rest.startsWith(one))
        if (operator === undefined) {
          const word = this.word()
          if (word === 'case') cases++
          if (word === 'esac') cases--
          if (found.length > 0 && isHeredoc(found[found.length - 1]))
            this.pending.push(String(word))
          found.push(word)
        } else {
          this.at += operator.length
          if (operator === '<(' || operator === '>(') found.push([operator, this.tokens(')')])
          else if (operator === '(') found.push(['(', this.tokens(')')])
          else found.push([operator])
          if (operator === '\n')
            while (this.pending.length > 0)
              found.push(['heredoc', this.heredoc(this.pending.shift() as string)])
        }
      }
    }
    if (end !== '') throw new Error(`no ${end}`)
    return found
  }

  private skipComment(): void {
    while (this.at < this.text.length && this.text[this.at] !== '\n') this.at++
  }

  private heredoc(end: string): string {
    const close = this.text.indexOf(`\n${end}\n`, this.at - 1)
    if (close < 0) throw new Error(`no end of the text up to ${end}`)
    const body = this.text.slice(this.at, close + 1)
    this.at = close + end.length + 2
    return body
  }

  /** A word without its quotes; what the shell would expand in it stands between marks that no text has. */
  private word(): string {
    let word = ''
    while (this.at < this.text.length) {
      const sign = this.text[this.at] as string
      if (/[\s;&|<>()]/.test(sign)) break
      this.at++
      if (sign === "'") {
        const close = this.text.indexOf("'", this.at)
        if (close < 0) throw new Error('an open quote')
        word += this.text.slice(this.at, close)
        this.at = close + 1
      } else if (sign === '"') word += this.quoted()
      else if (sign === '\\') {
        if (this.text[this.at] !== '\n') word += this.text[this.at] ?? ''
        this.at++
      } else if (sign === '$' || sign === '`') word += this.expansion(sign)
      else if (/[*?[\]{}~!]/.test(sign)) word += mark(sign)
      else word += sign
    }
    return word
  }

  private quoted(): string {
    let text = ''
    while (this.at < this.text.length) {
      const sign = this.text[this.at++] as string
      if (sign === '"') return text
      if (sign === '\\' && /["$`\\\n]/.test(this.text[this.at] ?? ''))
        text += this.text[this.at++] === '\n' ? '' : this.text[this.at - 1]
      else if (sign === '$' || sign === '`') text += this.expansion(sign)
      else text += sign
    }
    throw new Error('an open double quote')
  }

  private expansion(sign: string): string {
    if (sign === '`') throw new Error('a command in backticks')
    const rest = this.text.slice(this.at)
    if (rest.startsWith('((')) return mark(`$${this.upTo('))')}`)
    if (rest.startsWith('(')) {
      this.at++
      return mark(`$(${JSON.stringify(this.tokens(')'))}`)
    }
    if (rest.startsWith('{')) return mark(`$${this.braces()}`)
    const name = /^([A-Za-z_][A-Za-z0-9_]*|[0-9@*#?$!-])/.exec(rest)?.[0]
    if (name === undefined) return sign
    this.at += name.length
    return mark(`$${name}`)
  }

  private upTo(end: string): string {
    const close = this.text.indexOf(end, this.at)
    if (close < 0) throw new Error(`no ${end}`)
    const text = this.text.slice(this.at, close + end.length)
    this.at = close + end.length
    return text
  }

  private braces(): string {
    const from = this.at
    for (let depth = 0; this.at < this.text.length;) {
      const sign = this.text[this.at++]
      if (sign === '{') depth++
      if (sign === '}' && --depth === 0) return this.text.slice(from, this.at)
    }
    throw new Error('an open brace')
  }
}

const isHeredoc = (token: Tree | undefined): boolean =>
  Array.isArray(token) && (token[0] === '<<' || token[0] === '<<-')
const mark = (text: string): string => `\u{e000}${text}\u{e001}`
