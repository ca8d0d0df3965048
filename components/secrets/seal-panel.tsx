import { useId, useRef, useState } from 'react'
import type { Sealing } from '../../lib/plan/index.ts'
import type { SealedValues } from '../../lib/render.ts'
import { shellCommand } from '../../lib/text/shell.ts'
import { Icon } from '../ui/icon.tsx'
import { noteOf } from './seal.ts'
import { SealForm } from './seal-form.tsx'
import { Wrong } from './wrong.tsx'

export interface SealPanelProps {
  readonly sealing: Sealing
  /** Writes the file that holds the sealed values; it gets nothing else. */
  readonly write: (sealed: SealedValues) => Promise<string>
}

/** Seals values for the Sealed Secrets controller in the page, with the certificate that is pasted here. */
export default function SealPanel({ sealing, write }: SealPanelProps) {
  const id = useId()
  const input = useRef<HTMLTextAreaElement>(null)
  const [certificate, setCertificate] = useState('')
  const [asked, setAsked] = useState(false)
  const [today] = useState(() => Date.now())
  const note = noteOf(certificate, today)
  const wrong =
    note === undefined
      ? asked && 'Paste the certificate of the controller first.'
      : !note.usable && note.text

  return (
    <section className="seal" aria-labelledby={`${id}-title`}>
      <h3 id={`${id}-title`}>
        <Icon name="lock" />
        Seal the values in this browser
      </h3>
      <p className="seal-help">
        Encrypts what you type for the controller of your cluster, which alone can read it again.
        Plain values are sent nowhere, kept in no link, storage or bundle, and cleared when sealed.
      </p>
      {canSeal() ? (
        <>
          <div className="row">
            <div className="row-head">
              <label className="label" htmlFor={`${id}-certificate`}>
                Certificate of the controller
              </label>
            </div>
            <textarea
              className="input seal-pem"
              id={`${id}-certificate`}
              ref={input}
              rows={4}
              value={certificate}
              placeholder="-----BEGIN CERTIFICATE-----"
              autoComplete="off"
              spellCheck={false}
              aria-invalid={wrong !== false || undefined}
              aria-describedby={`${id}-note ${id}-wrong`}
              onChange={(event) => {
                setCertificate(event.target.value)
                setAsked(false)
              }}
            />
            <p className="help" id={`${id}-note`} role="status">
              {note?.usable ? (
                <span className="seal-good">
                  <Icon name="check" />
                  {note.text}
                </span>
              ) : (
                <>
                  It is public. This prints it:{' '}
                  <code>{shellCommand(sealing.fetchCertificate)}</code>
                </>
              )}
            </p>
            <Wrong id={`${id}-wrong`} text={wrong || undefined} />
          </div>
          <SealForm
            key={JSON.stringify(sealing)}
            sealing={sealing}
            write={write}
            certificate={note?.usable ? certificate : undefined}
            onCertificateMissing={() => {
              setAsked(true)
              input.current?.focus()
            }}
          />
        </>
      ) : (
        <p className="finding warning">
          Browsers encrypt only on pages that came by https or from this machine. The README of the
          bundle seals with kubeseal instead.
        </p>
      )}
    </section>
  )
}

/** Browsers offer encryption on https and on localhost only. */
const canSeal = (): boolean => typeof crypto !== 'undefined' && crypto.subtle !== undefined
