/** How a flag takes its value: `once` keeps the last one, `list` splits at commas, `each` takes it as it is. */
export type FlagKind = 'switch' | 'once' | 'list' | 'each' | { readonly whenBare: string }

export interface Flag {
  readonly kind: FlagKind
  /** What is wrong with a value. */
  readonly check?: (text: string) => string | undefined
  readonly short?: string
}

/** What was given: words that are no flags, and the values of each flag in order. */
export interface Given {
  readonly words: readonly string[]
  readonly values: ReadonlyMap<string, readonly string[]>
}

/** A flag that is not there or lacks its value; the message is Helm's. */
export class FlagError extends Error {}

/** One that Helm finds before it reads the flags, and only writes into its log. */
export class EarlyError extends FlagError {}

/** Reads words as Helm does. Throws `FlagError`. Source: github.com/spf13/pflag. */
export function readFlags(words: readonly string[], flags: ReadonlyMap<string, Flag>): Given {
  const rest = [...words]
  const others: string[] = []
  const values = new Map<string, string[]>()
  const add = (name: string, { kind, check }: Flag, text: string, shown: string): void => {
    const wrong = check?.(text)
    if (wrong !== undefined) throw new FlagError(`invalid argument ${JSON.stringify(text)} for "${shown}" flag: ${wrong}`)
    const all = values.get(name) ?? []
    values.set(name, kind === 'each' ? [...all, text] : kind === 'list' ? [...all, ...splitList(text)] : [kind === 'switch' ? switched(text, shown) : text])
  }
  const taken = (flag: Flag, shown: string): string => {
    if (flag.kind === 'switch') return 'true'
    if (typeof flag.kind === 'object') return flag.kind.whenBare
    const next = rest.shift()
    if (next === undefined) throw new FlagError(`flag needs an argument: ${shown}`)
    return next
  }
  const long = (word: string): void => {
    const [, name = '', value] = /^--([^=]*)(?:=(.*))?$/s.exec(word) ?? []
    if (name === '' || name.startsWith('-')) throw new FlagError(`bad flag syntax: ${word}`)
    const flag = flags.get(name)
    if (!flag) throw new FlagError(`unknown flag: --${name}`)
    const shown = `--${name}`
    add(name, flag, value ?? taken(flag, shown), `${flag.short ? `-${flag.short}, ` : ''}${shown}`)
  }
  const short = (word: string): void => {
    for (let letters = word.slice(1); letters !== ''; ) {
      const letter = letters[0]!
      const [name, flag] = [...flags].find(([, each]) => each.short === letter) ?? []
      if (name === undefined || !flag) throw new FlagError(`unknown shorthand flag: '${letter}' in -${letters}`)
      const after = letters.slice(1)
      const isJoined = after !== '' && (after.startsWith('=') || flag.kind !== 'switch')
      const value = isJoined ? after.replace(/^=/, '') : taken(flag, `'${letter}' in -${letters}`)
      add(name, flag, value, `-${letter}, --${name}`)
      letters = isJoined ? '' : after
    }
  }
  for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
    if (word === '--') others.push(...rest.splice(0))
    else if (word.startsWith('--')) long(word)
    else if (word.startsWith('-') && word.length > 1) short(word)
    else others.push(word)
  }
  return { words: others, values }
}

function switched(text: string, shown: string): string {
  if (['1', 't', 'T', 'true', 'TRUE', 'True'].includes(text)) return 'true'
  if (['0', 'f', 'F', 'false', 'FALSE', 'False'].includes(text)) return 'false'
  throw new FlagError(`invalid argument ${JSON.stringify(text)} for "${shown}" flag: strconv.ParseBool: parsing ${JSON.stringify(text)}: invalid syntax`)
}

/** Items between commas; one in double quotes may hold commas. */
const splitList = (text: string): string[] =>
  text === '' ? [] : [...text.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(([, quoted, plain]) => (quoted === undefined ? plain! : quoted.replaceAll('""', '"')))
