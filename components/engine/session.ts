import type { Config } from '../../lib/config/index.ts'
import { encodeLink } from '../../lib/share/index.ts'
import { changedLines, type Marks } from './diff.ts'
import type { Rendered } from './protocol.ts'
import { summaryOf } from './summary.ts'

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

  render(config: Config, step: number): Rendered {
    const { summary, texts } = summaryOf(config)
    if (step === 0) this.before = texts
    else if (step !== this.step) this.before = this.sent
    this.step = step
    const files = [...texts].filter(([path, text]) => this.sent.get(path) !== text).map(([path, text]) => ({ path, text }))
    this.sent = texts
    return { ...summary, step, files, ...effectOf(this.before, texts), link: encodeLink(config) }
  }
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
