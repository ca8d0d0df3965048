import { useEarly, type ControlProps, type FieldOf } from './props.ts'

export function BoolControl({ id, value, invalid, describedBy, onChange }: ControlProps<'bool'>) {
  return (
    <input
      className="switch"
      id={id}
      type="checkbox"
      role="switch"
      checked={value}
      onChange={(event) => onChange(event.target.checked)}
      aria-invalid={invalid || undefined}
      aria-describedby={describedBy}
    />
  )
}

/** Few and short options stand side by side. */
export const isSegmented = ({ options }: FieldOf<'choice'>): boolean =>
  options.length <= 4 && options.reduce((sum, { label }) => sum + label.length + 3, 0) <= 36

export function ChoiceControl(props: ControlProps<'choice'>) {
  return isSegmented(props.field) ? <Segments {...props} /> : <Select {...props} />
}

function Segments({ id, field, value, describedBy, onChange }: ControlProps<'choice'>) {
  return (
    <div className="segments">
      {field.options.map((option) => (
        <label key={option.value} className="segment">
          <input
            type="radio"
            name={id}
            value={option.value}
            checked={option.value === value}
            onChange={() => onChange(option.value)}
            aria-describedby={describedBy}
          />
          <span>{option.label}</span>
        </label>
      ))}
    </div>
  )
}

function Select({ id, field, value, invalid, describedBy, onChange }: ControlProps<'choice'>) {
  return (
    <span className="select">
      <select
        id={id}
        value={value}
        onChange={(event) => onChange(event.target.value)}
        aria-invalid={invalid || undefined}
        aria-describedby={describedBy}
      >
        {field.options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
    </span>
  )
}

export function ChoicesControl({ field, value, describedBy, onChange }: ControlProps<'choices'>) {
  const toggle = (option: string) =>
    onChange(
      field.options
        .map((one) => one.value)
        .filter((one) => (one === option ? !value.includes(one) : value.includes(one))),
    )
  const element = useEarly<HTMLDivElement>((cards) => {
    const early = [...cards.querySelectorAll('input')].flatMap((input, at) =>
      input.checked ? [(field.options[at] as (typeof field.options)[number]).value] : [],
    )
    if (early.join() !== value.join()) onChange(early)
  })
  return (
    <div className="cards" ref={element}>
      {field.options.map((option) => (
        <label key={option.value} className="card">
          <input
            type="checkbox"
            checked={value.includes(option.value)}
            onChange={() => toggle(option.value)}
            aria-describedby={describedBy}
          />
          <span>{option.label}</span>
        </label>
      ))}
    </div>
  )
}
