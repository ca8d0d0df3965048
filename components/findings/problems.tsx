import type { Finding, Severity } from '../../lib/render.ts'
import type { Actions } from '../configurator/use-config.ts'
import { nameOf } from '../form/outline.ts'
import { Icon } from '../ui/icon.tsx'
import { count, severityNames } from './finding.tsx'

interface ProblemsProps {
  readonly findings: readonly Finding[]
  readonly apply: Actions['apply']
  readonly onGoTo: (path: string) => void
  readonly onClose: () => void
}

const severities: readonly Severity[] = ['error', 'warning', 'info']

/** Everything that is wrong, the worst first; each with its way to the field and its way out. */
export default function Problems({ findings, apply, onGoTo, onClose }: ProblemsProps) {
  return (
    <div className="problems">
      <div className="problems-head">
        <h2>Problems</h2>
        <span className="problems-hint">F8 goes to the next</span>
        <button
          type="button"
          className="ghost square"
          onClick={onClose}
          aria-label="Close problems"
        >
          <Icon name="close" />
        </button>
      </div>
      {findings.length === 0 && (
        <p className="problems-none">Nothing is wrong with this configuration.</p>
      )}
      {severities.map((severity) => {
        const here = findings.filter((finding) => finding.severity === severity)
        return here.length === 0 ? null : (
          <div key={severity} className={`problems-group ${severity}`}>
            <h3>{count(here.length, severityNames[severity])}</h3>
            <ul>
              {here.map((finding) => (
                <li key={`${finding.id} ${finding.path}`}>
                  <button type="button" className="problem" onClick={() => onGoTo(finding.path)}>
                    <span className="problem-where">{nameOf(finding.path)}</span>
                    <span>
                      <strong>{finding.title.replace(/\.$/, '')}.</strong> {finding.message}
                    </span>
                  </button>
                  {finding.fix && (
                    <button
                      type="button"
                      className="button small"
                      onClick={() =>
                        finding.fix &&
                        apply(finding.fix.patch, `fix “${finding.fix.label}”`, finding.path)
                      }
                    >
                      {finding.fix.label}
                    </button>
                  )}
                </li>
              ))}
            </ul>
          </div>
        )
      })}
    </div>
  )
}
