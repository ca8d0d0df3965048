import { startTransition, useEffect, useState } from 'react'

/** A value one frame late: what depends on it is drawn apart from the change itself. */
export function useLater<T>(value: T): T {
  const [late, setLate] = useState(value)
  useEffect(() => startTransition(() => setLate(value)), [value])
  return late
}
