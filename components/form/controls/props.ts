import { useEffect, useRef, useState, type RefObject } from 'react'
import { sameValue, type Field, type SettingValue } from '../../../lib/config/index.ts'

interface Values {
  readonly text: string
  readonly int: number
  readonly bool: boolean
  readonly choice: string
  readonly choices: readonly string[]
  readonly list: readonly string[]
  readonly map: Readonly<Record<string, string>>
  readonly yaml: string
}

/** Kinds of which a configuration holds values. */
export type EditableKind = keyof Values
export type FieldOf<K extends EditableKind> = Extract<Field, { kind: K }>

/** What a control gets: a declaration, a value and a way to change it. It knows no setting by name. */
export interface ControlProps<K extends EditableKind> {
  readonly id: string
  readonly field: FieldOf<K>
  readonly value: Values[K]
  /** Whether the value is still on its way to what was typed. */
  readonly pending: boolean
  readonly placeholder: string
  readonly invalid: boolean
  /** Ids of the elements that describe the field. */
  readonly describedBy: string
  readonly onChange: (value: Values[K]) => void
  /** Tells why what stands in the control is no value; undefined when it is one again. */
  readonly onProblem: (problem: string | undefined) => void
}

/**
 * What is being typed: shown at once, while the value follows when there is time for it, and
 * maybe no value yet. It gives way when the value changes from elsewhere: by undo, by a fix,
 * by a preset.
 */
export function useDraft<V extends SettingValue, D>(
  { value, pending }: { readonly value: V; readonly pending: boolean },
  show: (value: V) => D,
  read: (draft: D) => V | undefined,
): [D, (draft: D) => V | undefined] {
  const [draft, setDraft] = useState(() => show(value))
  const [expected, setExpected] = useState(value)
  if (!pending && !sameValue(expected, value)) {
    setExpected(value)
    setDraft(show(value))
  }
  const change = (next: D): V | undefined => {
    setDraft(next)
    const meant = read(next)
    if (meant !== undefined) setExpected(meant)
    return meant
  }
  return [draft, change]
}

/** Tells the row what is wrong with what stands in its control. */
export function useProblem(
  problem: string | undefined,
  onProblem: (problem: string | undefined) => void,
): void {
  useEffect(() => onProblem(problem), [problem, onProblem])
}

/** Looks once at an element that was there before the page came alive: what was done to it meanwhile counts. */
export function useEarly<E extends Element>(look: (element: E) => void): RefObject<E | null> {
  const element = useRef<E>(null)
  const first = useRef(look)
  useEffect(() => {
    if (element.current) first.current(element.current)
  }, [])
  return element
}
