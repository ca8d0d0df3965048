import type { MouseEvent } from 'react'

const targets = [
  ['settings', 'settings'],
  ['files', 'files'],
  ['problems', 'problems'],
] as const

/** Ways past the header. The address is left alone, for it holds the configuration. */
export function SkipLinks() {
  const jump = (event: MouseEvent, id: string) => {
    event.preventDefault()
    document.getElementById(id)?.focus()
  }
  return (
    <nav className="skip" aria-label="Skip">
      {targets.map(([id, name]) => (
        <a key={id} href={`#${id}`} onClick={(event) => jump(event, id)}>
          Skip to {name}
        </a>
      ))}
    </nav>
  )
}
