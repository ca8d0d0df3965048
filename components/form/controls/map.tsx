import { Icon } from '../../ui/icon.tsx'
import { useDraft, useProblem, type ControlProps } from './props.ts'

type Rows = readonly (readonly [name: string, value: string])[]

const blank = ['', ''] as const
const show = (map: Readonly<Record<string, string>>): Rows => [...Object.entries(map), blank]
const read = (rows: Rows): Readonly<Record<string, string>> =>
  Object.fromEntries(rows.filter(([name]) => name !== ''))

function problemOf(rows: Rows): string | undefined {
  const names = rows.map(([name]) => name).filter((name) => name !== '')
  const twice = names.find((name, at) => names.indexOf(name) !== at)
  if (twice !== undefined) return `“${twice}” is there twice; the last one counts.`
  const nameless = rows.some(([name, text]) => name === '' && text !== '')
  return nameless ? 'A value without a name is left out.' : undefined
}

/** Names and values in rows; the last row is always free. */
export default function MapControl({
  id,
  field,
  value,
  pending,
  invalid,
  describedBy,
  onChange,
  onProblem,
}: ControlProps<'map'>) {
  const [rows, change] = useDraft({ value, pending }, show, read)
  useProblem(problemOf(rows), onProblem)

  const set = (next: Rows) => {
    const full = next.at(-1)?.some((text) => text !== '') ?? true
    onChange(change(full ? [...next, blank] : next) ?? {})
  }
  const put = (at: number, row: Rows[number]) =>
    set(rows.map((one, index) => (index === at ? row : one)))
  return (
    <div className="pairs">
      {rows.map(([name, text], at) => {
        const which = `${field.label} ${at + 1}`
        const last = at === rows.length - 1
        const shared = {
          type: 'text',
          className: 'input',
          autoComplete: 'off',
          spellCheck: false,
        } as const
        return (
          <div className="pair" key={at}>
            <input
              {...shared}
              id={at === 0 ? id : undefined}
              value={name}
              placeholder="name"
              aria-label={`${which}, name`}
              aria-invalid={invalid || undefined}
              aria-describedby={describedBy}
              onChange={(event) => put(at, [event.target.value, text])}
            />
            <input
              {...shared}
              value={text}
              placeholder="value"
              aria-label={`${which}, value`}
              aria-describedby={describedBy}
              onChange={(event) => put(at, [name, event.target.value])}
            />
            <button
              type="button"
              className="ghost square"
              aria-label={`Remove ${name || which}`}
              disabled={last}
              onClick={() => set(rows.filter((_, index) => index !== at))}
            >
              <Icon name="close" />
            </button>
          </div>
        )
      })}
    </div>
  )
}
