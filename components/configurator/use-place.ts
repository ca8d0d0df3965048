import { useCallback, useEffect, useState } from 'react'
import { controlId, pageAt, pages, settingOf } from '../form/outline.ts'

/** Where in the form the visitor is. */
export interface Place {
  readonly page: string
  /** Sections whose advanced settings are unfolded. */
  readonly unfolded: ReadonlySet<string>
  readonly goTo: (path: string) => void
  readonly setPage: (id: string) => void
  readonly unfold: (page: string, open: boolean) => void
}

/** Follows the visitor through the form, and puts the focus where they asked to be. */
export function usePlace(onMove: () => void): Place {
  const [page, show] = useState((pages[0] as (typeof pages)[number]).id)
  const [unfolded, setUnfolded] = useState<ReadonlySet<string>>(new Set())
  const [goal, setGoal] = useState<{ readonly path?: string }>()

  const unfold = useCallback(
    (id: string, open: boolean) =>
      setUnfolded((before) => {
        if (before.has(id) === open) return before
        const after = new Set(before)
        if (open) after.add(id)
        else after.delete(id)
        return after
      }),
    [],
  )
  const goTo = useCallback(
    (path: string) => {
      const { section, field } = settingOf(path)
      show(section)
      if (field.advanced) unfold(section, true)
      setGoal({ path })
      onMove()
    },
    [onMove, unfold],
  )
  const setPage = useCallback(
    (id: string) => {
      show(pageAt(id).id)
      setGoal({})
      onMove()
    },
    [onMove],
  )

  useEffect(() => {
    if (!goal) return
    const element =
      goal.path === undefined
        ? document.getElementById('page-title')
        : document.getElementById(controlId(goal.path))
    const control = element?.matches('fieldset')
      ? element.querySelector<HTMLElement>('input:checked, input, button')
      : element
    const target = control ?? document.getElementById('not-applying')
    target?.focus({ preventScroll: goal.path === undefined })
    if (goal.path === undefined) document.getElementById('settings')?.scrollTo({ top: 0 })
    else target?.scrollIntoView({ block: 'center' })
  }, [goal])

  return { page, unfolded, goTo, setPage, unfold }
}
