import { useDraft, type ControlProps } from './props.ts'

const same = (text: string): string => text

export default function YamlControl({
  id,
  field,
  value,
  pending,
  placeholder,
  invalid,
  describedBy,
  onChange,
}: ControlProps<'yaml'>) {
  const [draft, change] = useDraft({ value, pending }, same, same)
  return (
    <textarea
      className="input input-yaml"
      id={id}
      value={draft}
      rows={3}
      placeholder={placeholder || (field.shape === 'list' ? '- name: …' : 'key: value')}
      onChange={(event) => onChange(change(event.target.value) ?? '')}
      aria-invalid={invalid || undefined}
      aria-describedby={describedBy}
      autoComplete="off"
      autoCapitalize="off"
      autoCorrect="off"
      spellCheck={false}
    />
  )
}
