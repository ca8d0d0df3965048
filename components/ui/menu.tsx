import { useEffect, useRef, useState, type KeyboardEvent, type ReactNode } from 'react'

interface MenuProps {
  readonly className: string
  readonly label?: string
  readonly button: ReactNode
  /** What the menu shows; gets the function that closes it. */
  readonly children: (close: () => void) => ReactNode
}

/** A button and what it folds out. Items are `[role^=menuitem]`; arrows go from one to the next. */
export function Menu({ className, label, button, children }: MenuProps) {
  const [state, setState] = useState<'shut' | 'open' | 'left'>('shut')
  const open = state === 'open'
  const root = useRef<HTMLDivElement>(null)
  const trigger = useRef<HTMLButtonElement>(null)

  useEffect(() => {
    if (!open) return
    const away = (event: Event) => {
      if (!root.current?.contains(event.target as Node)) setState('shut')
    }
    document.addEventListener('pointerdown', away)
    document.addEventListener('focusin', away)
    const chosen =
      root.current?.querySelector<HTMLElement>('[aria-checked=true]') ??
      root.current?.querySelector<HTMLElement>('[role^=menuitem]')
    chosen?.focus()
    return () => {
      document.removeEventListener('pointerdown', away)
      document.removeEventListener('focusin', away)
    }
  }, [open])

  // Who leaves the menu comes back to its button.
  useEffect(() => {
    if (state === 'left') trigger.current?.focus()
  }, [state])

  const close = () => setState('left')
  const press = (event: KeyboardEvent) => {
    if (!open) return
    if (event.key === 'Escape') {
      event.stopPropagation()
      return close()
    }
    const items = [...(root.current?.querySelectorAll<HTMLElement>('[role^=menuitem]') ?? [])]
    const at = items.indexOf(document.activeElement as HTMLElement)
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: items.length - 1 }[event.key]
    if (to === undefined) return
    event.preventDefault()
    items[(to + items.length) % items.length]?.focus()
  }
  return (
    <div className={`menu ${className}`} ref={root} onKeyDown={press}>
      <button
        type="button"
        className="menu-button"
        aria-haspopup="menu"
        aria-expanded={open}
        aria-label={label}
        title={label}
        ref={trigger}
        onClick={() => setState(open ? 'shut' : 'open')}
      >
        {button}
      </button>
      {open && (
        <div className="menu-list" role="menu" aria-label={label}>
          {children(close)}
        </div>
      )}
    </div>
  )
}
