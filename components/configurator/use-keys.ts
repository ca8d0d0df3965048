import { useEffect, useRef } from 'react'

export interface Keys {
  readonly search: () => void
  readonly download: () => void
  readonly share: () => void
  readonly undo: () => void
  readonly redo: () => void
  readonly nextPane: (by: 1 | -1) => void
  readonly nextProblem: (by: 1 | -1) => void
  readonly help: () => void
}

/** The hotkeys of the page. While a dialog is open it has the keyboard to itself. */
export function useKeys(keys: Keys): void {
  const latest = useRef(keys)
  useEffect(() => {
    latest.current = keys
  })
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.isComposing) return
      const act = actionOf(event, latest.current)
      if (!act || document.querySelector('dialog[open]')) return
      event.preventDefault()
      act()
    }
    addEventListener('keydown', press)
    return () => removeEventListener('keydown', press)
  }, [])
}

function actionOf(event: KeyboardEvent, keys: Keys): (() => void) | undefined {
  const { key, shiftKey } = event
  const back = shiftKey ? -1 : 1
  if (key === 'F6') return () => keys.nextPane(back)
  if (key === 'F8') return () => keys.nextProblem(back)
  if ((event.metaKey || event.ctrlKey) && !event.altKey) {
    switch (key.toLowerCase()) {
      case 'k':
        return keys.search
      case 's':
        return keys.download
      case 'enter':
        return keys.share
      case 'z':
        return ownsUndo(event.target) ? undefined : shiftKey ? keys.redo : keys.undo
      case 'y':
        return ownsUndo(event.target) ? undefined : keys.redo
    }
    return undefined
  }
  return key === '?' && !isTyping(event.target) ? keys.help : undefined
}

/** Inputs that are no settings keep the browser's own undo; those of a tool among the settings are none. */
const ownsUndo = (target: EventTarget | null): boolean =>
  isTyping(target) &&
  (!(target as Element).closest('#settings') || (target as Element).closest('.seal') !== null)

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof Element &&
  target.matches('input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]')
