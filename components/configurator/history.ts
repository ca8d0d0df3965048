import {
  defaults,
  nearestPreset,
  presetConfig,
  sameValue,
  type Config,
  type Patch,
  type Path,
  type Preset,
  type SettingValue,
} from '../../lib/config/index.ts'

/** What an edit was, in the words of the status line. */
export interface Edit {
  readonly label: string
  /** The one setting that was edited, where there is one. */
  readonly path?: Path
}

interface Moment {
  readonly config: Config
  /** The starting point that changes are counted from. */
  readonly preset: Preset
  readonly edit?: Edit
}

/** The configuration now, and the way back and forth. */
export interface History extends Moment {
  readonly past: readonly Moment[]
  readonly future: readonly Moment[]
  /** Grows with every edit that can be undone on its own. */
  readonly step: number
  readonly editedAt: number
}

export type Change =
  | {
      readonly type: 'edit'
      readonly path: Path
      readonly value: SettingValue
      readonly label: string
      readonly at: number
      readonly typed: boolean
    }
  | { readonly type: 'patch'; readonly patch: Patch; readonly label: string; readonly path?: Path }
  | { readonly type: 'preset'; readonly preset: Preset }
  | { readonly type: 'replace'; readonly config: Config; readonly label: string }
  | { readonly type: 'load'; readonly config: Config }
  | { readonly type: 'undo' }
  | { readonly type: 'redo' }

/** Typing in one field is one step as long as no pause is longer. */
const pause = 1500
const longestPast = 200

const start = (config: Config): History => ({
  config,
  preset: nearestPreset(config).preset,
  past: [],
  future: [],
  step: 0,
  editedAt: 0,
})

export function historyAfter(history: History, change: Change): History {
  switch (change.type) {
    case 'edit':
      return afterEdit(history, change)
    case 'patch':
      return advance(
        history,
        { ...history.config, ...change.patch } as Config,
        history.preset,
        change,
      )
    case 'preset':
      return advance(history, presetConfig(change.preset), change.preset, {
        label: `preset ${change.preset.label}`,
      })
    case 'replace':
      return advance(history, change.config, nearestPreset(change.config).preset, change)
    case 'load':
      return start(change.config)
    case 'undo':
      return travel(
        history,
        history.past.at(-1),
        history.past.slice(0, -1),
        [momentOf(history), ...history.future],
        'undo',
      )
    case 'redo':
      return travel(
        history,
        history.future[0],
        [...history.past, momentOf(history)],
        history.future.slice(1),
        'redo',
      )
  }
}

function afterEdit(
  history: History,
  { path, value, label, at, typed }: Change & { type: 'edit' },
): History {
  if (sameValue(history.config[path], value)) return history
  const config = { ...history.config, [path]: value } as Config
  const goesOn =
    typed &&
    history.edit?.path === path &&
    at - history.editedAt < pause &&
    history.future.length === 0
  if (goesOn) return { ...history, config, editedAt: at }
  return { ...advance(history, config, history.preset, { label, path }), editedAt: at }
}

const advance = (
  history: History,
  config: Config,
  preset: Preset,
  { label, path }: Edit,
): History => ({
  config,
  preset,
  edit: { label, path },
  past: [...history.past, momentOf(history)].slice(-longestPast),
  future: [],
  step: history.step + 1,
  editedAt: 0,
})

const momentOf = ({ config, preset, edit }: Moment): Moment => ({ config, preset, edit })

const travel = (
  history: History,
  to: Moment | undefined,
  past: History['past'],
  future: History['future'],
  how: 'undo' | 'redo',
): History =>
  to === undefined
    ? history
    : {
        config: to.config,
        preset: to.preset,
        edit: {
          label: `${how} of ${(how === 'undo' ? history.edit : to.edit)?.label ?? 'a change'}`,
        },
        past,
        future,
        step: history.step + 1,
        editedAt: 0,
      }

export const atDefaults = start(defaults)
