import { useState } from 'react'
import { Icon } from '../ui/icon.tsx'

interface FileBarProps {
  readonly path: string
  readonly note: string
  readonly text: string | undefined
  readonly wrap: boolean
  readonly hasChanges: boolean
  readonly onWrap: () => void
  readonly onChange: (by: 1 | -1) => void
}

/** What stands above the code: which file it is, and what can be done with it. */
export function FileBar({ path, note, text, wrap, hasChanges, onWrap, onChange }: FileBarProps) {
  const [copied, setCopied] = useState(false)
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text ?? '')
      setCopied(true)
      setTimeout(() => setCopied(false), 2000)
    } catch {
      setCopied(false)
    }
  }
  return (
    <div className="file-bar">
      <h3 className="file-path">{path}</h3>
      <span className="file-note">{note}</span>
      <div className="file-tools">
        <button
          type="button"
          className="button small mono"
          disabled={!hasChanges}
          onClick={() => onChange(-1)}
          aria-label="Previous change"
          title="Previous change"
        >
          ‹~
        </button>
        <button
          type="button"
          className="button small mono"
          disabled={!hasChanges}
          onClick={() => onChange(1)}
          aria-label="Next change"
          title="Next change"
        >
          ~›
        </button>
        <button
          type="button"
          className="button small icon-only"
          aria-pressed={wrap}
          onClick={onWrap}
          aria-label="Wrap lines"
          title="Wrap lines"
        >
          <Icon name="wrap" />
        </button>
        <button
          type="button"
          className="button small copy"
          onClick={copy}
          disabled={text === undefined}
          aria-label="Copy file"
        >
          <span aria-live="polite">{copied ? 'Copied' : 'Copy'}</span>
        </button>
      </div>
    </div>
  )
}
