import { withReplacements } from '../../go/bytes.ts'
import { func } from '../../go/value.ts'
import { lowerChar, upperChar } from './case.ts'
import { isSpace } from './trim.ts'

type WordKind = 'invalid' | 'number' | 'upper' | 'alphabet' | 'connector' | 'punct' | 'other'

/** A run of characters of one kind. */
interface Word {
  readonly kind: WordKind
  readonly text: string
}

const isConnector = (char: string): boolean => char === '-' || char === '_' || isSpace(char)
const isPunct = (char: string): boolean => /\p{P}/u.test(char)
const isUpper = (char: string): boolean => /\p{Lu}/u.test(char)
const isNumber = (char: string): boolean => /\p{N}/u.test(char)

/** All letters but the ideographs of these blocks, whose ends are those of an old Unicode (xstrings, isAlphabet). */
const isAlphabet = (char: string): boolean => /\p{L}/u.test(char) && !/[\u3400-\u4d85\u4e00-\u9fcc\u{20000}-\u{2b81d}]/u.test(char)

const isSmall = (char: string): boolean => isAlphabet(char) && !isUpper(char)

const isOther = (char: string): boolean => !isConnector(char) && !isAlphabet(char) && !isNumber(char) && !isPunct(char)

function runEnd(chars: readonly string[], start: number, belongs: (char: string) => boolean): number {
  let end = start
  while (end < chars.length && belongs(chars[end]!)) end++
  return end
}

/** Where a word that starts with a capital ends: `HTTP` in `HTTPStatus`, `Foo` in `FooBar`. */
function capitalEnd(chars: readonly string[], start: number): number {
  if (isUpper(chars[start + 1] ?? '')) {
    const end = runEnd(chars, start + 1, isUpper)
    return end < chars.length && isAlphabet(chars[end]!) ? end - 1 : end
  }
  return runEnd(chars, start + 1, isSmall)
}

const kinds: readonly [WordKind, (char: string) => boolean][] = [
  ['connector', isConnector], ['punct', isPunct], ['upper', isUpper], ['alphabet', isAlphabet], ['number', isNumber],
]

/** Characters, each with what is before it that is not UTF-8, or U+FFFD, which stands for such: it is passed over when its kind is asked for. */
const unitsOf = (text: string): string[] => text.match(/[\udc80-\udcff\ufffd]*[^\udc80-\udcff\ufffd]|[\udc80-\udcff\ufffd]+$/gu) ?? []

function* wordsOf(text: string): Generator<Word> {
  const units = unitsOf(text)
  const tail = /^[\udc80-\udcff\ufffd]/u.test(units.at(-1)?.at(-1) ?? '') ? units.pop()! : ''
  if (units.length === 0 && tail) yield { kind: 'invalid', text: tail }
  const chars = units.map((unit) => Array.from(unit).at(-1)!)
  for (let at = 0; at < chars.length; ) {
    const [kind, belongs] = kinds.find(([, is]) => is(chars[at]!)) ?? (['other', isOther] as const)
    const end = kind === 'upper' ? capitalEnd(chars, at) : runEnd(chars, at + 1, kind === 'alphabet' ? isSmall : belongs)
    yield { kind, text: units.slice(at, end).join('') + (end === units.length ? tail : '') }
    at = end
  }
}

const none: Word = { kind: 'invalid', text: '' }

const separates = ({ kind }: Word): boolean => kind !== 'invalid' && kind !== 'connector' && kind !== 'punct'

/** Words put together with a connector before each new one (xstrings, ToSnakeCase). */
class Joiner {
  private text = ''
  private readonly words: Word[]
  private at = 0

  constructor(source: string, private readonly connector: string) {
    this.words = [...wordsOf(source)]
  }

  joined(): string {
    let word = this.take()
    while (this.at < this.words.length) {
      const before = word
      if (before.kind !== 'connector') this.write(before)
      word = this.after(before, this.take())
    }
    this.write(word)
    return this.text
  }

  private take(): Word {
    return this.words[this.at++] ?? none
  }

  private write({ kind, text }: Word): void {
    if (kind !== 'upper' && kind !== 'connector') this.text += text
    else for (const char of text) this.text += isConnector(char) ? this.connector : isUpper(char) ? lowerChar(char) : withReplacements(char)
  }

  /** What stands between a word and the next; gives the word that is still to be written. */
  private after(before: Word, word: Word): Word {
    switch (before.kind) {
      case 'number':
        return this.tail(word)
      case 'connector':
        this.write(before)
        return word
      case 'punct':
        return word
    }
    if (word.kind === 'number') return this.afterNumber(word)
    if (separates(word)) this.text += this.connector
    return word
  }

  /** Small letters and digits that belong to the number before them. */
  private tail(first: Word): Word {
    let word = first
    while (word.kind === 'alphabet' || word.kind === 'number') {
      this.write(word)
      word = this.take()
    }
    if (separates(word)) this.text += this.connector
    return word
  }

  private afterNumber(number: Word): Word {
    if (this.at >= this.words.length) return number
    const word = this.take()
    if (word.kind === 'alphabet') {
      this.text += this.connector
      this.write(number)
      return this.tail(word)
    }
    this.write(number)
    if (separates(word)) this.text += this.connector
    return word
  }
}

/** Words put together with a capital each (xstrings, ToPascalCase); connectors in front stay. */
function camelcase(text: string): string {
  const chars = Array.from(withReplacements(text))
  const first = chars.findIndex(char => !isConnector(char))
  // What is nothing but connectors gets its last one twice.
  if (first < 0) return text + (chars.at(-1) ?? '')
  let result = chars.slice(0, first).join('')
  let inCapitals = isUpper(chars[first]!)
  let before = upperChar(chars[first]!)
  for (const char of chars.slice(first + 1)) {
    let next = char
    if (isConnector(before) && isConnector(char)) {
      result += before
      before = char
      continue
    }
    if (isConnector(before)) {
      inCapitals = isUpper(char)
      next = upperChar(char)
    } else {
      if (inCapitals && isUpper(char)) next = lowerChar(char)
      else inCapitals = false
      result += before
    }
    before = next
  }
  return result + before
}

export const words = {
  snakecase: func(['string'], text => new Joiner(text, '_').joined()),
  kebabcase: func(['string'], text => new Joiner(text, '-').joined()),
  camelcase: func(['string'], camelcase),
}
