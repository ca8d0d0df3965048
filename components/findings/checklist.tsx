import type { Finding } from '../../lib/render.ts'
import type { Demand } from '../engine/protocol.ts'
import { Icon } from '../ui/icon.tsx'

interface ChecklistProps {
  readonly demands: readonly Demand[]
  readonly findings: readonly Finding[]
  readonly onGoTo: (path: string) => void
}

/** What production asks of this configuration, and which of it is met. */
export default function Checklist({ demands, findings, onGoTo }: ChecklistProps) {
  const open = demands.filter(({ met }) => !met)
  const met = demands.filter((demand) => demand.met)
  return (
    <div className="checklist">
      <h3>
        {met.length} of {demands.length} production checks met
      </h3>
      <ul>
        {[...open, ...met].map((demand) => {
          const finding = findings.find(({ id }) => id === demand.id)
          return (
            <li key={demand.id} className={demand.met ? 'met' : demand.severity}>
              <span className="checklist-mark">
                <Icon name={demand.met ? 'check' : 'close'} />
                <span className="sr">{demand.met ? 'Met: ' : 'Not met: '}</span>
              </span>
              <span>
                {demand.demand}
                {finding && (
                  <>
                    <span className="checklist-why">{finding.message}</span>{' '}
                    <button type="button" className="link" onClick={() => onGoTo(finding.path)}>
                      Go to the setting
                    </button>
                  </>
                )}
              </span>
            </li>
          )
        })}
      </ul>
    </div>
  )
}
