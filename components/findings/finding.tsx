import { memo } from 'react'
import type { Finding } from '../../lib/render.ts'
import type { Actions } from '../configurator/use-config.ts'

interface FindingNoteProps {
  readonly id: string
  readonly finding: Finding
  readonly apply: Actions['apply']
}

/** A problem as a sentence, with the button that solves it. */
export const FindingNote = memo(function FindingNote({ id, finding, apply }: FindingNoteProps) {
  const { severity, title, message, fix } = finding
  return (
    <div className={`finding ${severity}`}>
      <p id={id}>
        <strong>{title.replace(/\.$/, '')}.</strong> {message}
      </p>
      {fix && (
        <button
          type="button"
          className="button small"
          onClick={() => apply(fix.patch, `fix “${fix.label}”`, finding.path)}
        >
          {fix.label}
        </button>
      )}
    </div>
  )
})

/** What severities are called, one and many. */
export const severityNames = {
  error: ['error', 'errors'],
  warning: ['warning', 'warnings'],
  info: ['note', 'notes'],
} as const

export const count = (number: number, [one, many]: readonly [string, string]): string =>
  `${number} ${number === 1 ? one : many}`
