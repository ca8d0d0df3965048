'use client'

import { useCallback, useMemo, useReducer } from 'react'
import type { Config, Patch, Path, Preset, SettingValue } from '../../lib/config/index.ts'
import { isTyped, nameOf, settingOf } from '../form/outline.ts'
import { atDefaults, historyAfter, type History } from './history.ts'

/** Everything that may be done to a configuration. The functions never change. */
export interface Actions {
  edit(path: Path, value: SettingValue): void
  apply(patch: Patch, label: string, path?: Path): void
  choosePreset(preset: Preset): void
  /** Takes a configuration from outside; it can be undone. */
  replace(config: Config, label: string): void
  /** Begins anew with a configuration; there is nothing to undo. */
  load(config: Config): void
  undo(): void
  redo(): void
}

/** The one place where the configuration is written. */
export function useConfig(): { history: History; actions: Actions } {
  const [history, dispatch] = useReducer(historyAfter, atDefaults)
  const edit = useCallback((path: Path, value: SettingValue) => {
    const { field } = settingOf(path)
    dispatch({
      type: 'edit',
      path,
      value,
      label: nameOf(path),
      at: performance.now(),
      typed: isTyped(field),
    })
  }, [])
  const actions = useMemo<Actions>(
    () => ({
      edit,
      apply: (patch, label, path) => dispatch({ type: 'patch', patch, label, path }),
      choosePreset: (preset) => dispatch({ type: 'preset', preset }),
      replace: (config, label) => dispatch({ type: 'replace', config, label }),
      load: (config) => dispatch({ type: 'load', config }),
      undo: () => dispatch({ type: 'undo' }),
      redo: () => dispatch({ type: 'redo' }),
    }),
    [edit],
  )
  return { history, actions }
}
