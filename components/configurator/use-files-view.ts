import { useCallback, useEffect, useState } from 'react'
import type { View } from '../files/view.ts'
import { groupOf } from '../files/groups.ts'

const key = 'layout'

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
  const [wrap, setWrap] = useState(false)
  useEffect(() => {
    try {
      if (localStorage.getItem(key) === 'wrap') setWrap(true)
    } catch {
      // Storage may be off.
    }
  }, [])
  const onView = useCallback(
    (part: Partial<View>) => setView((before) => ({ ...before, ...part })),
    [],
  )
  const onWrap = useCallback(
    () =>
      setWrap((before) => {
        try {
          localStorage.setItem(key, before ? '' : 'wrap')
        } catch {
          // Storage may be off.
        }
        return !before
      }),
    [],
  )
  return { view, wrap, onView, onWrap }
}
