import type { ControlProps } from './props.ts'

export function TextControl({ id, field, value, placeholder, invalid, describedBy, onChange }: ControlProps<'text'>) {
  return (
    <input
      className="input"
      id={id}
      type="text"
      value={value}
      placeholder={placeholder}
      onChange={(event) => onChange(event.target.value)}
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

export function YamlControl({ id, field, value, placeholder, invalid, describedBy, onChange }: ControlProps<'yaml'>) {
  return (
    <textarea
      className="input input-yaml"
      id={id}
      value={value}
      rows={3}
      placeholder={placeholder || (field.shape === 'list' ? '- name: …' : 'key: value')}
      onChange={(event) => onChange(event.target.value)}
      aria-invalid={invalid || undefined}
      aria-describedby={describedBy}
      autoComplete="off"
      autoCapitalize="off"
      autoCorrect="off"
      spellCheck={false}
    />
  )
}
