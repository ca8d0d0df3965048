import { useRef } from 'react'
import type { Sealing } from '../../lib/plan/index.ts'
import { drawn } from './seal.ts'

interface ValueInputProps {
  readonly id: string
  readonly name: string
  readonly wanted: Sealing['secrets'][number]['keys'][number]
  /** Whether a value was sealed already. */
  readonly sealed: boolean
  /** What says that something is wrong with the values. */
  readonly problemId: string
}

/** The input of a plain value; uncontrolled on purpose: React never sees it. */
export function ValueInput({ id, name, wanted, sealed, problemId }: ValueInputProps) {
  const { key, label, help, drawable, severalLines } = wanted
  const input = useRef<HTMLInputElement>(null)
  const common = {
    className: 'input',
    id,
    name,
    spellCheck: false,
    autoCapitalize: 'off',
    autoCorrect: 'off',
    placeholder: sealed ? 'sealed; type to replace it' : undefined,
    'aria-describedby': `${id}-help ${problemId}`,
  } as const
  return (
    <div className="row">
      <div className="row-head">
        <label className="label" htmlFor={id}>
          {label}
        </label>
        <code className="key">{key}</code>
      </div>
      {severalLines ? (
        <textarea {...common} rows={4} autoComplete="off" />
      ) : (
        <div className="seal-value">
          <input {...common} ref={input} type="password" autoComplete="new-password" />
          {drawable && (
            <button
              type="button"
              className="button"
              aria-label={`Generate ${label}`}
              onClick={() => {
                if (input.current !== null) input.current.value = drawn(crypto)
              }}
            >
              Generate
            </button>
          )}
        </div>
      )}
      <p className="help" id={`${id}-help`}>
        {help}
      </p>
    </div>
  )
}
