import { useRef, type ClipboardEvent, type KeyboardEvent } from 'react'
import { Icon } from '../../ui/icon.tsx'
import { useDraft, type ControlProps } from './props.ts'

interface Draft {
  readonly done: readonly string[]
  readonly typing: string
}

const show = (items: readonly string[]): Draft => ({ done: items, typing: '' })
const read = ({ done, typing }: Draft): readonly string[] =>
  typing.trim() === '' ? done : [...done, typing.trim()]

/** Items as chips before an input. What is being typed counts already; Enter or a comma makes it a chip. */
export default function ListControl({
  id,
  field,
  value,
  pending,
  placeholder,
  invalid,
  describedBy,
  onChange,
}: ControlProps<'list'>) {
  const input = useRef<HTMLInputElement>(null)
  const [{ done, typing }, change] = useDraft({ value, pending }, show, read)
  const set = (draft: Draft) => onChange(change(draft) ?? [])

  const seal = () => set(show(read({ done, typing })))
  const remove = (at: number) => {
    set({ done: done.filter((_, index) => index !== at), typing })
    input.current?.focus()
  }
  const reopen = (at: number) => {
    const others = read({ done: done.filter((_, index) => index !== at), typing })
    set({ done: others, typing: done[at] ?? '' })
    input.current?.focus()
  }
  const press = (event: KeyboardEvent) => {
    if ((event.key === 'Enter' || event.key === ',') && !event.metaKey && !event.ctrlKey) {
      event.preventDefault()
      seal()
    } else if (event.key === 'Backspace' && typing === '' && done.length > 0) {
      event.preventDefault()
      set({ done: done.slice(0, -1), typing: done.at(-1) ?? '' })
    }
  }
  const paste = (event: ClipboardEvent) => {
    const items = event.clipboardData
      .getData('text')
      .split(/[\s,]+/)
      .filter(Boolean)
    if (items.length < 2) return
    event.preventDefault()
    set(show([...read({ done, typing }), ...items]))
  }
  return (
    <div
      className="input chips"
      onClick={(event) => event.target === event.currentTarget && input.current?.focus()}
    >
      {done.map((item, at) => (
        <span className="chip" key={`${at} ${item}`}>
          <button
            type="button"
            className="chip-text"
            onClick={() => reopen(at)}
            aria-label={`Edit ${item}`}
          >
            {item}
          </button>
          <button
            type="button"
            className="chip-remove"
            onClick={() => remove(at)}
            aria-label={`Remove ${item}`}
          >
            <Icon name="close" />
          </button>
        </span>
      ))}
      <input
        ref={input}
        id={id}
        type="text"
        value={typing}
        placeholder={done.length === 0 ? placeholder : 'add…'}
        onChange={(event) => set({ done, typing: event.target.value })}
        onKeyDown={press}
        onPaste={paste}
        onBlur={() => typing !== '' && seal()}
        aria-invalid={invalid || undefined}
        aria-describedby={describedBy}
        aria-required={field.required || undefined}
        autoComplete="off"
        autoCapitalize="off"
        autoCorrect="off"
        spellCheck={false}
      />
    </div>
  )
}
