import { nameOf, pages } from '../form/outline.ts'
import type { Setting } from '../../lib/config/index.ts'

interface Entry {
  readonly setting: Setting
  readonly label: string
  readonly key: string
  readonly all: string
}

const entries: readonly Entry[] = pages.flatMap(({ settings }) =>
  settings.map((setting) => {
    const label = setting.field.label.toLowerCase()
    const key = `${setting.path} ${setting.field.env ?? ''}`.toLowerCase()
    return {
      setting,
      label,
      key,
      all: `${nameOf(setting.path)} ${key} ${setting.field.help}`.toLowerCase(),
    }
  }),
)

/** Settings that have every word of a question in label, key, variable or help; the likeliest first. */
export function find(question: string, most = 30): readonly Setting[] {
  const words = question.toLowerCase().split(/\s+/).filter(Boolean)
  if (words.length === 0) return []
  return entries
    .filter(({ all }) => words.every((word) => all.includes(word)))
    .map((entry) => ({ entry, score: words.reduce((sum, word) => sum + scoreOf(entry, word), 0) }))
    .sort((left, right) => right.score - left.score)
    .slice(0, most)
    .map(({ entry }) => entry.setting)
}

const scoreOf = ({ label, key }: Entry, word: string): number =>
  label === word
    ? 8
    : label.startsWith(word)
      ? 5
      : label.includes(word)
        ? 3
        : key.includes(word)
          ? 2
          : 0
