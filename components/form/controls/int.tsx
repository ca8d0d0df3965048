import type { KeyboardEvent } from 'react'
import { useDraft, useProblem, type ControlProps } from './props.ts'

const read = (draft: string): number | undefined => {
  const text = draft.trim()
  const value = Number(text)
  return /^[+-]?\d+$/.test(text) && Number.isSafeInteger(value) ? value : undefined
}

export default function IntControl({
  id,
  field,
  value,
  pending,
  invalid,
  describedBy,
  onChange,
  onProblem,
}: ControlProps<'int'>) {
  const [draft, change] = useDraft({ value, pending }, String, read)
  const problem =
    read(draft) === undefined
      ? `Needs a whole number from ${field.min} to ${field.max}; ${value} stays in the files.`
      : undefined
  useProblem(problem, onProblem)

  const type = (text: string) => {
    const meant = change(text)
    if (meant !== undefined) onChange(meant)
  }
  const step = (event: KeyboardEvent) => {
    const by = { ArrowUp: 1, ArrowDown: -1, PageUp: 10, PageDown: -10 }[event.key]
    if (by === undefined) return
    event.preventDefault()
    type(String(Math.min(field.max, Math.max(field.min, value + by))))
  }
  return (
    <span className="with-unit">
      <input
        className={field.max > 9_999_999 ? 'input input-wide-int' : 'input input-int'}
        id={id}
        type="text"
        inputMode="numeric"
        value={draft}
        onChange={(event) => type(event.target.value)}
        onKeyDown={step}
        aria-invalid={invalid || undefined}
        aria-describedby={describedBy}
        autoComplete="off"
      />
      {field.unit && <span className="unit">{field.unit}</span>}
    </span>
  )
}
