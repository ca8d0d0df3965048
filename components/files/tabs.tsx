import { useRef, type KeyboardEvent } from 'react'

export interface Tab {
  readonly id: string
  readonly label: string
  readonly detail: string
  /** The detail in words, for those who hear it. */
  readonly spoken: string
  readonly changed: boolean
}

interface TabsProps {
  readonly tabs: readonly Tab[]
  readonly chosen: string
  readonly label: string
  readonly onChoose: (id: string) => void
}

/** Tabs as ARIA describes them: one stop for Tab, arrows between them. The panel's id is `panel-files`. */
export function Tabs({ tabs, chosen, label, onChoose }: TabsProps) {
  const list = useRef<HTMLDivElement>(null)
  const move = (event: KeyboardEvent) => {
    const at = tabs.findIndex(({ id }) => id === chosen)
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: tabs.length - 1 }[event.key]
    const tab = to === undefined ? undefined : tabs[(to + tabs.length) % tabs.length]
    if (!tab) return
    event.preventDefault()
    onChoose(tab.id)
    list.current?.querySelector<HTMLElement>(`#tab-${tab.id}`)?.focus()
  }
  return (
    <div className="tabs" role="tablist" aria-label={label} ref={list} onKeyDown={move}>
      {tabs.map((tab) => (
        <button
          key={tab.id}
          id={`tab-${tab.id}`}
          type="button"
          role="tab"
          aria-label={`${tab.label}, ${tab.spoken}`}
          className="tab"
          aria-selected={tab.id === chosen}
          aria-controls="panel-files"
          tabIndex={tab.id === chosen ? 0 : -1}
          onClick={() => onChoose(tab.id)}
        >
          {tab.label}
          {tab.detail && (
            <span className={tab.changed ? 'tab-detail changed' : 'tab-detail'}>{tab.detail}</span>
          )}
        </button>
      ))}
    </div>
  )
}
