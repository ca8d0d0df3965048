import { useEffect, useState } from 'react'
import type { Effect } from '../engine/protocol.ts'
import { count, severityNames } from '../findings/finding.tsx'

/** Says what an edit did, once typing pauses. */
export function Announcer({ text, share }: { text: string; share: string | undefined }) {
  const [said, setSaid] = useState('')
  useEffect(() => {
    const timer = setTimeout(() => setSaid(text), 1000)
    return () => clearTimeout(timer)
  }, [text])
  return (
    <div className="sr" aria-live="polite">
      {share ?? said}
    </div>
  )
}

export const problemsSpoken = (errors: number, warnings: number): string =>
  errors + warnings === 0
    ? 'No problems'
    : `${count(errors, severityNames.error)}, ${count(warnings, severityNames.warning)}`

export const spokenEffect = (effect: Effect | undefined, label: string | undefined): string =>
  effect === undefined || label === undefined
    ? ''
    : `${count(effect.lines, ['line', 'lines'])} in ${count(effect.files, ['file', 'files'])} changed by ${label}`
