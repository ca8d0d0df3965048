import { memo } from 'react'
import { count, severityNames } from '../findings/finding.tsx'
import type { Effect } from '../engine/protocol.ts'

interface StatusLineProps {
  readonly effect: Effect
  readonly label: string | undefined
  readonly errors: number
  readonly warnings: number
  readonly notes: number
  readonly met: number
  readonly demands: number
  readonly problemsOpen: boolean
  readonly onProblems: () => void
  readonly onChecklist: () => void
}

/** What the last edit did, whether anything is wrong, and how far from production it is. */
export const StatusLine = memo(function StatusLine(props: StatusLineProps) {
  const {
    effect,
    label,
    errors,
    warnings,
    notes,
    met,
    demands,
    problemsOpen,
    onProblems,
    onChecklist,
  } = props
  return (
    <footer className="status">
      <p className="status-effect">
        <Effected effect={effect} label={label} />
      </p>
      <button
        type="button"
        className="status-button"
        onClick={onProblems}
        aria-expanded={problemsOpen}
        aria-controls="problems"
      >
        <ProblemCounts errors={errors} warnings={warnings} notes={notes} />
      </button>
      <button type="button" className="status-button" onClick={onChecklist}>
        {met} of {demands} production checks met
      </button>
      <span className="status-promise">Nothing leaves this page</span>
    </footer>
  )
})

function Effected({ effect, label }: { effect: Effect; label: string | undefined }) {
  if (label === undefined) return 'Nothing changed yet'
  if (effect.lines === 0) return `No line changed by ${label}`
  return (
    <>
      <strong>
        {count(effect.lines, ['line', 'lines'])} in {count(effect.files, ['file', 'files'])}
      </strong>{' '}
      changed by {label}
    </>
  )
}

function ProblemCounts({
  errors,
  warnings,
  notes,
}: {
  errors: number
  warnings: number
  notes: number
}) {
  return (
    <>
      {errors + warnings === 0 && <span className="status-count fine">No problems</span>}
      {errors > 0 && (
        <span className="status-count error">{count(errors, severityNames.error)}</span>
      )}{' '}
      {warnings > 0 && (
        <span className="status-count warning">{count(warnings, severityNames.warning)}</span>
      )}{' '}
      {notes > 0 && <span className="status-count">{count(notes, severityNames.info)}</span>}
    </>
  )
}
