import { useId, useRef, useState, type FormEvent } from 'react'
import { drawn, fieldOf, noteOf, sealAll, type NeededKey, type NeededSecret, type Place, type Sealed } from './seal.ts'

interface SealPanelProps {
  readonly secrets: readonly NeededSecret[]
  readonly place: Place
  /** Where the result belongs in the bundle. */
  readonly path: string
  /** Writes the file that holds the sealed values; it gets nothing else. */
  readonly write: (sealed: Sealed) => Promise<string>
}

/**
 * Seals values for the Sealed Secrets controller in the page. Plain values stand in their inputs
 * only, never in state, so neither history nor storage nor a link can hold them; once sealed they
 * are cleared. Another place or set of Secrets needs another panel: give it a `key`.
 */
export function SealPanel({ secrets, place, path, write }: SealPanelProps) {
  const id = useId()
  const form = useRef<HTMLFormElement>(null)
  const [certificate, setCertificate] = useState('')
  const [today] = useState(() => Date.now())
  const [result, setResult] = useState<{ readonly text: string; readonly missing: readonly string[] }>()
  const [problem, setProblem] = useState<string>()
  const [busy, setBusy] = useState(false)
  const note = noteOf(certificate, today)

  const submit = async (event: FormEvent) => {
    event.preventDefault()
    const element = form.current
    if (element === null || !note?.usable) return
    setBusy(true)
    setProblem(undefined)
    try {
      const sealed = await sealAll(certificate, secrets, (field) => valueIn(element, field), place, crypto)
      setResult({ text: await write(sealed), missing: missingIn(secrets, sealed) })
      clear(element, secrets)
    } catch (error) {
      setProblem(error instanceof Error ? error.message : String(error))
    } finally {
      setBusy(false)
    }
  }

  // Browsers offer subtle on https and on localhost only.
  if (typeof crypto === 'undefined' || crypto.subtle === undefined) return <p className="finding warning">Sealing needs a page that was loaded by https.</p>
  return (
    <form className="seal" ref={form} onSubmit={(event) => void submit(event)} autoComplete="off">
      <label htmlFor={`${id}-certificate`}>Certificate of the controller</label>
      <textarea
        className="input"
        id={`${id}-certificate`}
        rows={4}
        value={certificate}
        placeholder="-----BEGIN CERTIFICATE-----"
        spellCheck={false}
        aria-invalid={(note !== undefined && !note.usable) || undefined}
        aria-describedby={`${id}-note`}
        onChange={(event) => {
          setCertificate(event.target.value)
          setResult(undefined)
        }}
      />
      <p id={`${id}-note`} aria-live="polite" className={note !== undefined && !note.usable ? 'finding error' : undefined}>
        {note?.text ?? 'kubeseal --fetch-cert prints it. It is public.'}
      </p>
      {secrets.map(({ name, keys }, secret) => (
        <fieldset key={name}>
          <legend>
            <code>{`${place.namespace}/${name}`}</code>
          </legend>
          {keys.map((one, at) => (
            <ValueInput key={one.key} id={`${id}-${fieldOf(secret, at)}`} name={fieldOf(secret, at)} needed={one} />
          ))}
        </fieldset>
      ))}
      {problem !== undefined && (
        <p className="finding error" role="alert">
          {problem}
        </p>
      )}
      <div className="dialog-actions">
        <button type="submit" className="button primary" disabled={busy || !note?.usable}>
          Seal
        </button>
      </div>
      {result !== undefined && <Result id={`${id}-result`} path={path} {...result} />}
    </form>
  )
}

/** Uncontrolled on purpose: React never sees the value. */
function ValueInput({ id, name, needed }: { id: string; name: string; needed: NeededKey }) {
  const input = useRef<HTMLInputElement>(null)
  const common = { className: 'input', id, name, spellCheck: false, autoCapitalize: 'off', autoCorrect: 'off', 'aria-describedby': `${id}-help` } as const
  return (
    <div className="seal-value">
      <label htmlFor={id}>
        <code>{needed.key}</code>
      </label>
      {needed.severalLines ? <textarea {...common} rows={3} autoComplete="off" /> : <input {...common} ref={input} type="password" autoComplete="new-password" />}
      {needed.drawable && !needed.severalLines && (
        <button
          type="button"
          className="button"
          onClick={() => {
            if (input.current !== null) input.current.value = drawn(crypto)
          }}
        >
          Draw
        </button>
      )}
      <small id={`${id}-help`}>{needed.help}</small>
    </div>
  )
}

function Result({ id, path, text, missing }: { id: string; path: string; text: string; missing: readonly string[] }) {
  const [copied, setCopied] = useState(false)
  const copy = () =>
    navigator.clipboard.writeText(text).then(
      () => setCopied(true),
      () => setCopied(false),
    )
  return (
    <div role="status">
      <p>
        {missing.length === 0 ? 'Sealed; the plain values are cleared. ' : `No value for ${missing.join(', ')}: the cluster will refuse the file until it is complete. `}
        Save it as <code>{path}</code>.
      </p>
      <label htmlFor={id}>Sealed Secrets</label>
      <textarea className="input" id={id} rows={10} readOnly value={text} spellCheck={false} />
      <div className="dialog-actions">
        <button type="button" className="button" onClick={() => void copy()}>
          {copied ? 'Copied' : 'Copy'}
        </button>
        <button type="button" className="button" onClick={() => save(path.split('/').at(-1) ?? 'sealed-secrets.yaml', text)}>
          Save
        </button>
      </div>
    </div>
  )
}

function valueIn(form: HTMLFormElement, field: string): string {
  const element = form.elements.namedItem(field)
  return element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement ? element.value : ''
}

/** Only the values: the certificate stays for the next ones. */
function clear(form: HTMLFormElement, secrets: readonly NeededSecret[]): void {
  secrets.forEach(({ keys }, secret) =>
    keys.forEach((_, at) => {
      const element = form.elements.namedItem(fieldOf(secret, at))
      if (element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement) element.value = ''
    }),
  )
}

const missingIn = (secrets: readonly NeededSecret[], sealed: Sealed): readonly string[] =>
  secrets.flatMap(({ name, keys }) => keys.filter(({ key }) => !Object.hasOwn(sealed[name] ?? {}, key)).map(({ key }) => key))

function save(name: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: 'application/yaml' }))
  const anchor = document.createElement('a')
  anchor.href = url
  anchor.download = name
  anchor.click()
  setTimeout(() => URL.revokeObjectURL(url), 10_000)
}
