import { memo } from 'react'
import { count } from '../findings/finding.tsx'

interface PhoneTabsProps {
  readonly pane: 'settings' | 'files'
  readonly changed: number
  readonly onPane: (pane: 'settings' | 'files') => void
}

/** On small screens either the form or the files are shown. */
export const PhoneTabs = memo(function PhoneTabs({ pane, changed, onPane }: PhoneTabsProps) {
  return (
    <div className="phone-tabs">
      <button type="button" aria-pressed={pane === 'settings'} onClick={() => onPane('settings')}>
        Settings
      </button>
      <button type="button" aria-pressed={pane === 'files'} onClick={() => onPane('files')}>
        Files {changed > 0 && <span className="phone-changed">{changed} changed</span>}
      </button>
    </div>
  )
})

interface PhoneBarProps {
  readonly problems: number
  readonly errors: number
  readonly shared: string | undefined
  readonly problemsOpen: boolean
  readonly onProblems: () => void
  readonly onShare: () => void
  readonly onDownload: () => void
}

export const PhoneBar = memo(function PhoneBar({
  problems,
  errors,
  shared,
  problemsOpen,
  onProblems,
  onShare,
  onDownload,
}: PhoneBarProps) {
  return (
    <div className="phone-bar">
      <button
        type="button"
        className="button"
        onClick={onProblems}
        aria-expanded={problemsOpen}
        aria-controls="problems"
      >
        <span
          className={
            problems === 0
              ? 'status-count fine'
              : errors > 0
                ? 'status-count error'
                : 'status-count warning'
          }
        >
          {problems === 0 ? 'No problems' : count(problems, ['problem', 'problems'])}
        </span>
      </button>
      <button type="button" className="button" onClick={onShare} aria-label="Share link">
        {shared ?? 'Share'}
      </button>
      <button
        type="button"
        className="button primary"
        onClick={onDownload}
        aria-label="Download bundle"
      >
        Download
      </button>
    </div>
  )
})
