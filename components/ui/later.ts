import { lazy, useEffect, type ComponentType } from 'react'

const waiting: (() => Promise<unknown>)[] = []

/** A component that is loaded after the first paint, or at the latest when it is shown. */
export function later<P>(load: () => Promise<{ default: ComponentType<P> }>): ComponentType<P> {
  waiting.push(load)
  return lazy(load)
}

/** Loads what was left for later, once the browser has nothing else to do. */
export function useLoadLater(): void {
  useEffect(() => {
    const load = () => waiting.splice(0).forEach((one) => void one().catch(() => undefined))
    if ('requestIdleCallback' in window) requestIdleCallback(load, { timeout: 3000 })
    else setTimeout(load, 500)
  }, [])
}
