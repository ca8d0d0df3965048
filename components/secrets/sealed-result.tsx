import { useId, useRef, useState } from 'react'
import { save } from '../ui/save.ts'

interface SealedResultProps {
  readonly path: string
  /** The file with the sealed values; anyone may read it. */
  readonly text: string
  readonly missing: readonly string[]
}

/** The file that came of sealing, and the ways to take it along. */
export function SealedResult({ path, text, missing }: SealedResultProps) {
  const id = useId()
  const area = useRef<HTMLTextAreaElement>(null)
  const [copied, setCopied] = useState<string>()
  const copy = () =>
    navigator.clipboard.writeText(text).then(
      () => setCopied(text),
      () => area.current?.select(),
    )
  return (
    <div className="seal-result">
      <div role="status">
        <p>
          <strong>Sealed; the plain values are cleared.</strong> Save this as <code>{path}</code> in
          your repository and commit it: it is safe to show.
        </p>
        {missing.length > 0 && (
          <p className="finding warning">
            Not sealed yet: {missing.join(', ')}. The cluster refuses the file until it is complete;
            type the rest and seal again.
          </p>
        )}
      </div>
      <label className="sr" htmlFor={id}>
        {path}
      </label>
      <textarea
        className="input"
        id={id}
        ref={area}
        rows={9}
        wrap="off"
        readOnly
        value={text}
        spellCheck={false}
        autoComplete="off"
      />
      <div className="seal-actions">
        <button type="button" className="button" onClick={() => void copy()}>
          {copied === text ? 'Copied' : 'Copy'}
        </button>
        <button
          type="button"
          className="button primary"
          onClick={() => save(path.split('/').at(-1) ?? path, 'application/yaml', text)}
        >
          Save file
        </button>
      </div>
    </div>
  )
}
