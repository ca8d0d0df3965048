import { useEffect, useState } from 'react'
import type { Explained } from '../engine/protocol.ts'
import { nameOf } from '../form/outline.ts'
import { Icon } from '../ui/icon.tsx'
import type { Place } from './changes.ts'

interface WhyCardProps {
  readonly place: Place
  /** The line itself; asked for again when it changes. */
  readonly text: string
  readonly ask: (place: Place, text: string) => Promise<Explained>
  readonly onGoTo: (path: string) => void
  readonly onClose: () => void
}

/** The settings that a line follows from. */
export default function WhyCard({ place, text, ask, onGoTo, onClose }: WhyCardProps) {
  const asked = `${place.path}:${place.line}\n${text}`
  const [answer, setAnswer] = useState<{ asked: string } & Explained>()
  const { reasons, written = [], varies = false } = answer?.asked === asked ? answer : {}
  useEffect(() => {
    let current = true
    ask(place, text).then(
      (found) => current && setAnswer({ asked, ...found }),
      () => current && setAnswer({ asked, reasons: [], written: [], varies: false }),
    )
    return () => {
      current = false
    }
  }, [ask, asked, place, text])
  return (
    <aside className="why" aria-label="Why is this line here?">
      <div className="why-head">
        <strong>Why is this line here?</strong>
        <button type="button" className="ghost square" onClick={onClose} aria-label="Close">
          <Icon name="close" />
        </button>
      </div>
      <div aria-live="polite">
        {reasons === undefined && <p>Trying settings…</p>}
        {reasons?.length === 0 && <p>No setting decides it: it is always there.</p>}
        {reasons?.map(({ path, changed }) => (
          <p key={path}>
            <button type="button" className="link" onClick={() => onGoTo(path)}>
              {nameOf(path)}
            </button>
            {changed ? ', which you changed' : ', at its default'}
          </p>
        ))}
      </div>
      {varies && (
        <p>Drawn anew at each installation: the cluster gets another text than stands here.</p>
      )}
      {written.length > 0 && <p>Written by chart/{written.join(' → ')}</p>}
      <code>
        {place.path}:{place.line}
      </code>
    </aside>
  )
}
