'use client'

import { startTransition, useCallback, useEffect, useReducer, useRef, useState } from 'react'
import type { Config } from '../../lib/config/index.ts'
import type { Engine } from './client.ts'
import { previewAfter, type Preview } from './preview.ts'

/** Gives the engine, as soon as there is one. */
export type AskEngine = () => Promise<Engine>

/** Keeps a rendering of the configuration up to date, away from the main thread and after the first paint. */
export function useEngine(
  config: Config,
  step: number,
  first: Preview,
): { preview: Preview; engine: AskEngine; failure: string | undefined } {
  const [preview, receive] = useReducer(previewAfter, first)
  const [failure, setFailure] = useState<string>()
  const starting = useRef<Promise<Engine>>(null)

  useEffect(() => {
    const started = import('./client.ts').then(
      ({ Engine }) =>
        new Engine((rendered) => startTransition(() => receive(rendered)), setFailure),
    )
    started.catch(() =>
      setFailure('A part of this page could not be loaded. Reload the page to try again.'),
    )
    starting.current = started
    return () => {
      starting.current = null
      void started.then((engine) => engine.close())
    }
  }, [])

  useEffect(() => {
    starting.current?.then((engine) => engine.render(config, step)).catch(() => undefined)
  }, [config, step])

  const engine = useCallback<AskEngine>(
    () =>
      starting.current ??
      Promise.reject(new Error('The page is still loading; try again in a moment.')),
    [],
  )
  return { preview, engine, failure }
}
