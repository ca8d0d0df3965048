import { useEffect, useRef } from 'react'
import type { Reading } from '../engine/protocol.ts'
import type { AskEngine } from '../engine/use-engine.ts'

/** Quiet time after which the address follows an edit. */
const quiet = 400

/**
 * Keeps the address and the configuration together: what the address holds is read at the
 * start and when it is changed by hand; what the form holds is written into it.
 */
export function useAddress(
  engine: AskEngine,
  link: string,
  /** Whether the link is that of an edit. */
  edited: boolean,
  onRead: (reading: Reading, atStart: boolean) => void,
): void {
  const written = useRef('')
  const read = useRef(onRead)
  useEffect(() => {
    read.current = onRead
  })

  useEffect(() => {
    let current = true
    const follow = (atStart: boolean) => {
      const fragment = location.hash.slice(1)
      if (fragment === '' || fragment === written.current) return
      written.current = fragment
      engine()
        .then((ready) => ready.decode(fragment))
        .then((reading) => current && read.current(reading, atStart))
        .catch(() => undefined)
    }
    const changed = () => follow(false)
    follow(true)
    addEventListener('hashchange', changed)
    return () => {
      current = false
      removeEventListener('hashchange', changed)
    }
  }, [engine])

  useEffect(() => {
    if (!edited || link === '' || link === written.current) return
    const timer = setTimeout(() => {
      written.current = link
      history.replaceState(history.state, '', `#${link}`)
    }, quiet)
    return () => clearTimeout(timer)
  }, [link, edited])
}
