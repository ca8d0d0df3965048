import { useCallback, useState, useSyncExternalStore } from 'react'
import type { View } from '../files/view.ts'
import { groupOf } from '../files/groups.ts'

const key = 'layout'

const listeners = new Set<() => void>()
let wraps: boolean | undefined

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

const wrapNow = (): boolean => (wraps ??= wrapStored())
const wrapBuilt = (): boolean => false

function wrapStored(): boolean {
  try {
    return localStorage.getItem(key) === 'wrap'
  } catch {
    // Storage may be off.
    return false
  }
}

function toggleWrap(): void {
  wraps = !wrapNow()
  try {
    localStorage.setItem(key, wraps ? 'wrap' : '')
  } catch {
    // Storage may be off; the choice then lasts as long as the page.
  }
  for (const listener of listeners) listener()
}

/** Which file is looked at, and how. Whether lines wrap is remembered; nothing of the configuration is. */
export function useFilesView(firstPath: string): {
  view: View
  wrap: boolean
  onView: (part: Partial<View>) => void
  onWrap: () => void
} {
  const [view, setView] = useState<View>(() => ({
    tab: groupOf(firstPath).id,
    path: firstPath,
    line: 0,
    asked: 0,
  }))
  const wrap = useSyncExternalStore(subscribe, wrapNow, wrapBuilt)
  const onView = useCallback(
    (part: Partial<View>) => setView((before) => ({ ...before, ...part })),
    [],
  )
  return { view, wrap, onView, onWrap: toggleWrap }
}
