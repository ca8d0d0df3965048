import { useId, useRef, useState, type FormEvent } from 'react'
import type { SealedValues } from '../../lib/render.ts'
import { Icon } from '../ui/icon.tsx'
import { fieldOf, merged, missingIn, sealAll } from './seal.ts'
import type { SealPanelProps } from './seal-panel.tsx'
import { SealedResult } from './sealed-result.tsx'
import { ValueInput } from './value-input.tsx'
import { Wrong } from './wrong.tsx'

interface SealFormProps extends SealPanelProps {
  /** The certificate to seal with, once there is one that can be used. */
  readonly certificate: string | undefined
  readonly onCertificateMissing: () => void
}

/** What was sealed with a certificate so far, and the file that holds it. */
interface Result {
  readonly certificate: string
  readonly sealed: SealedValues
  readonly text: string
}

/**
 * The values and what comes of them. Plain values stand in their inputs only, never in state, so
 * neither history nor storage nor a link can hold them; once sealed they are cleared. What was
 * sealed for another place holds nowhere else: give the form a `key` of it.
 */
export function SealForm({ sealing, write, certificate, onCertificateMissing }: SealFormProps) {
  const { secrets, namespace, scope, path } = sealing
  const id = useId()
  const form = useRef<HTMLFormElement>(null)
  const [last, setLast] = useState<Result>()
  const [problem, setProblem] = useState<string>()
  const result = last?.certificate === certificate ? last : undefined
  const sealed = result?.sealed ?? {}

  const submit = async (event: FormEvent) => {
    event.preventDefault()
    const inputs = inputsIn(form.current)
    if (certificate === undefined) return onCertificateMissing()
    if (inputs.every(({ value }) => value === '')) {
      setProblem('Type or generate at least one value.')
      inputs[0]?.focus()
      return
    }
    setProblem(undefined)
    try {
      const valueAt = (field: string) => inputs.find(({ name }) => name === field)?.value ?? ''
      const all = merged(sealed, await sealAll(certificate, sealing, valueAt, crypto))
      setLast({ certificate, sealed: all, text: await write(all) })
      for (const input of inputs) input.value = ''
    } catch (error) {
      const said = error instanceof Error ? error.message : String(error)
      setProblem(`The values could not be sealed: ${said}`)
    }
  }

  return (
    <form ref={form} onSubmit={(event) => void submit(event)} autoComplete="off" noValidate>
      {secrets.map(({ name, keys }, secret) => (
        <fieldset key={name} className="seal-secret">
          <legend>
            Values of <code>{name}</code> in <code>{namespace}</code>
          </legend>
          {keys.map((one, at) => (
            <ValueInput
              key={one.key}
              id={`${id}-${fieldOf(secret, at)}`}
              name={fieldOf(secret, at)}
              wanted={one}
              sealed={Object.hasOwn(sealed[name] ?? {}, one.key)}
              problemId={`${id}-problem`}
            />
          ))}
        </fieldset>
      ))}
      <Wrong id={`${id}-problem`} text={problem} />
      <div className="seal-actions">
        <span className="help">{scopeWords[scope]}</span>
        <button type="submit" className="button primary">
          <Icon name="lock" />
          Seal
        </button>
      </div>
      {result && (
        <SealedResult path={path} text={result.text} missing={missingIn(secrets, sealed)} />
      )}
    </form>
  )
}

const scopeWords = {
  strict: 'Sealed for this name in this namespace only.',
  'namespace-wide': 'Sealed for any name in this namespace.',
  'cluster-wide': 'Sealed for any place in the cluster.',
} as const

/** The inputs of plain values; what shows the result has no name. */
const inputsIn = (form: HTMLFormElement | null) => [
  ...(form?.querySelectorAll<HTMLInputElement | HTMLTextAreaElement>(
    'input[name], textarea[name]',
  ) ?? []),
]
