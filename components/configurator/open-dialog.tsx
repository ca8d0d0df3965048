import { useState, type FormEvent } from 'react'
import { Dialog } from '../ui/dialog.tsx'

interface OpenDialogProps {
  /** Takes a file or text; resolves to what is wrong with it, if anything. */
  readonly onTake: (source: File | string) => Promise<string | undefined>
  readonly onClose: () => void
}

/** Brings back a configuration that was made before. */
export default function OpenDialog({ onTake, onClose }: OpenDialogProps) {
  const [text, setText] = useState('')
  const [problem, setProblem] = useState<string>()
  const take = async (wrong: Promise<string | undefined>) => {
    const found = await wrong
    if (found === undefined) onClose()
    else setProblem(found)
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    void take(onTake(text))
  }
  return (
    <Dialog title="Open a configuration" onClose={onClose}>
      <label className="drop-field">
        <strong>Choose a file</strong>
        <span>
          <code>deploy.config.yaml</code> or a bundle’s zip; you can also drop it anywhere on the
          page.
        </span>
        <input
          type="file"
          accept=".yaml,.yml,.zip,application/yaml,application/zip"
          onChange={(event) => {
            const file = event.target.files?.[0]
            if (file) void take(onTake(file))
            event.target.value = ''
          }}
        />
      </label>
      <form onSubmit={submit}>
        <label className="paste-label" htmlFor="open-text">
          Or paste a link or the text of the file
        </label>
        <textarea
          id="open-text"
          data-first
          className="input"
          rows={6}
          value={text}
          spellCheck={false}
          aria-invalid={problem !== undefined || undefined}
          aria-describedby={problem === undefined ? undefined : 'open-problem'}
          onChange={(event) => {
            setText(event.target.value)
            setProblem(undefined)
          }}
        />
        {problem !== undefined && (
          <p className="finding error" id="open-problem" role="alert">
            {problem}
          </p>
        )}
        <div className="dialog-actions">
          <button type="button" className="button" onClick={onClose}>
            Cancel
          </button>
          <button type="submit" className="button primary" disabled={text.trim() === ''}>
            Open
          </button>
        </div>
      </form>
    </Dialog>
  )
}
