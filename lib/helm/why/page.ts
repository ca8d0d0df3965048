import { noPaths, unite, type Line, type Made, type Origin, type Place, type Silence } from './made.ts'

/** A line while it is being written. */
interface Draft {
  printed: readonly Made[]
  led: ReadonlySet<string>
  varies: boolean
  way: readonly Place[]
  /** Whether the writer that stands for it wrote more than blanks. */
  isFilled: boolean
}

const isBlank = (text: string): boolean => text.trim() === ''

const fresh = (): Draft => ({ printed: [], led: noPaths, varies: false, way: [], isFilled: false })

/** The lines that a template has written so far. */
export class Page {
  private readonly drafts: Draft[] = [fresh()]
  readonly silent: Silence[] = []

  /**
   * Adds a text. `placeOf` says who wrote a line of it, counted from 0; `origin` what it was made
   * of, `led` what decided that it is written.
   */
  write(text: string, placeOf: (line: number) => readonly Place[], origin: Origin, led: Made): void {
    const parts = text.split('\n')
    const lines = origin.lines?.length === parts.length ? origin.lines : undefined
    const whole = lines || !origin.lines ? [origin] : [origin, ...origin.lines]
    const allBlank = text === '\n'.repeat(parts.length - 1)
    for (let at = 0; at < parts.length; at++) {
      if (at > 0) this.drafts.push(fresh())
      // A line break at either end belongs to the line that the text has a part in.
      const isEnd = at === 0 || at === parts.length - 1
      if (parts.length > 1 && isEnd && parts[at] === '' && !(allBlank && at > 0)) continue
      const line = lines?.[at]
      this.add(parts[at]!, [...(line?.way ?? []), ...placeOf(at)], line ? [...whole, line] : whole, led)
    }
    for (const each of origin.silent) this.silent.push(each)
  }

  /** Says what decided how the line goes on that is being written. */
  lead(led: Made): void {
    const draft = this.drafts.at(-1)!
    draft.led = unite([draft.led, led.led, led.printed])
    draft.varies ||= led.varies
  }

  private add(text: string, way: readonly Place[], made: readonly Made[], led: Made): void {
    const draft = this.drafts.at(-1)!
    draft.printed = [...draft.printed, ...made]
    this.lead(led)
    if (draft.isFilled || (draft.way.length > 0 && isBlank(text))) return
    draft.way = way
    draft.isFilled = !isBlank(text)
  }

  lines(): Line[] {
    return this.drafts.map(({ printed, led, varies, way }) => ({
      way,
      printed: unite(printed.map(each => each.printed)),
      led: unite([led, ...printed.map(each => each.led)]),
      varies: varies || printed.some(each => each.varies),
    }))
  }
}
