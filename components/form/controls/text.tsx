import { useDraft, useEarly, type ControlProps } from './props.ts'

const same = (text: string): string => text

export function TextControl({
  id,
  field,
  value,
  pending,
  placeholder,
  invalid,
  describedBy,
  onChange,
}: ControlProps<'text'>) {
  const [draft, change] = useDraft({ value, pending }, same, same)
  const type = (text: string) => onChange(change(text) ?? '')
  const element = useEarly<HTMLInputElement>((input) => {
    if (input.value !== value) type(input.value)
  })
  return (
    <input
      ref={element}
      className="input"
      id={id}
      type="text"
      value={draft}
      placeholder={placeholder}
      onChange={(event) => type(event.target.value)}
      aria-invalid={invalid || undefined}
      aria-describedby={describedBy}
      aria-required={field.required || undefined}
      autoComplete="off"
      autoCapitalize="off"
      autoCorrect="off"
      spellCheck={false}
    />
  )
}
