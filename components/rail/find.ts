import { helpOf } from '../../lib/config/help/index.ts'
import { synonyms } from '../../lib/config/synonyms.ts'
import type { Setting } from '../../lib/config/index.ts'
import { nameOf, pages } from '../form/outline.ts'

interface Entry {
  readonly setting: Setting
  readonly label: string
  readonly key: string
  /** What else it is called: its options, and the words of other tools. */
  readonly words: string
  readonly all: string
}

const entries: readonly Entry[] = pages.flatMap(({ settings }) =>
  settings.map((setting) => {
    const { path, field } = setting
    const label = field.label.toLowerCase()
    const key = `${path} ${field.env ?? ''}`.toLowerCase()
    const words = `${synonyms[path] ?? ''} ${optionsOf(setting)}`.toLowerCase()
    return {
      setting,
      label,
      key,
      words,
      all: `${nameOf(path)} ${key} ${words} ${helpOf(path)}`.toLowerCase(),
    }
  }),
)

function optionsOf({ field }: Setting): string {
  if (field.kind !== 'choice' && field.kind !== 'choices') return ''
  return field.options.map(({ label, value }) => `${label} ${value}`).join(' ')
}

/**
 * Settings that have every word of a question in label, key, variable, options, synonyms or help;
 * the likeliest first, those that are folded away last among equals.
 */
export function find(question: string, most = 30): readonly Setting[] {
  const words = question.toLowerCase().split(/\s+/).filter(Boolean)
  if (words.length === 0) return []
  return entries
    .filter(({ all }) => words.every((word) => has(all, word)))
    .map((entry) => ({ entry, score: scoreOf(entry, words) }))
    .sort((left, right) => right.score - left.score)
    .slice(0, most)
    .map(({ entry }) => entry.setting)
}

const scoreOf = (entry: Entry, words: readonly string[]): number =>
  words.reduce((sum, word) => sum + wordScore(entry, word), entry.setting.field.advanced ? 0 : 1)

const wordScore = ({ label, key, words }: Entry, word: string): number =>
  label === word
    ? 8
    : has(words, word)
      ? 6
      : label.startsWith(word)
        ? 5
        : label.includes(word)
          ? 3
          : key.includes(word)
            ? 2
            : 0

/** Short words are found where a word begins: `age` is in no `storage`. */
function has(text: string, word: string): boolean {
  if (word.length > 3) return text.includes(word)
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1))
    if (at === 0 || !/[a-z0-9]/.test(text.charAt(at - 1))) return true
  return false
}
