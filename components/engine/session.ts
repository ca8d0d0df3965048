import { defaults, type Config, type Patch } from '../../lib/config/index.ts'
import { encodeLink } from '../../lib/share/index.ts'
import { changedLines, type Marks } from './diff.ts'
import type { Rendered, Summary } from './protocol.ts'
import { summaryOf, type Summarized } from './summary.ts'

type Texts = ReadonlyMap<string, string>

/**
 * Renders one configuration after another and says what each changed. Marks are relative to
 * the state before the step, so that typing a word marks everything that the word changed.
 * Step 0 is a beginning: nothing is marked.
 */
export class Session {
  private sent: Texts = new Map()
  private before: Texts = new Map()
  private step = -1
  private config: Config = defaults
  private readonly told = new Map<string, string>()

  render(patch: Patch, step: number): Rendered {
    this.config = { ...this.config, ...patch } as Config
    const { summary, texts } = withLast(summaryOf(this.config), this.sent)
    if (step === 0) this.before = texts
    else if (step !== this.step) this.before = this.sent
    this.step = step
    const files = [...texts]
      .filter(([path, text]) => this.sent.get(path) !== text)
      .map(([path, text]) => ({ path, text }))
    this.sent = texts
    return {
      ...this.newsOf(summary),
      refusal: summary.refusal,
      step,
      files,
      ...effectOf(this.before, texts),
      link: encodeLink(this.config),
    }
  }

  /** The parts of a summary that differ from what was told last: the page then redraws only what they show. */
  private newsOf(summary: Summary): Partial<Summary> {
    const news = Object.entries(summary).filter(([part, value]) => {
      const text = JSON.stringify(value)
      if (this.told.get(part) === text) return false
      this.told.set(part, text)
      return true
    })
    return Object.fromEntries(news)
  }
}

/**
 * Where Helm refuses, the manifests stay as they were, marked as stale: a name that is typed
 * passes through states that no chart accepts.
 */
function withLast(now: Summarized, last: Texts): Summarized {
  const { summary, texts } = now
  if (summary.refusal === undefined) return now
  const stale = [...last.keys()].filter((path) => !texts.has(path))
  const paths = [...summary.paths, ...stale].sort()
  const kept = paths.map((path) => [path, texts.get(path) ?? (last.get(path) as string)] as const)
  return { summary: { ...summary, paths, stale }, texts: new Map(kept) }
}

function effectOf(before: Texts, now: Texts): Pick<Rendered, 'marks' | 'removed' | 'effect'> {
  const marks: Record<string, Marks> = {}
  let lines = 0
  for (const [path, text] of now) {
    const old = before.get(path) ?? ''
    if (old === text) continue
    marks[path] = changedLines(old, text)
    lines += marks[path].count
  }
  const removed = [...before.keys()].filter((path) => !now.has(path))
  for (const path of removed) lines += changedLines(before.get(path) ?? '', '').count
  return { marks, removed, effect: { lines, files: Object.keys(marks).length + removed.length } }
}
