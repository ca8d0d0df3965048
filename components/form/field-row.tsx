import { memo, useCallback, useState, useTransition } from 'react'
import type { Path, Setting, SettingValue } from '../../lib/config/index.ts'
import type { Finding } from '../../lib/render.ts'
import type { Actions } from '../configurator/use-config.ts'
import type { Effect } from '../engine/protocol.ts'
import { count, FindingNote } from '../findings/finding.tsx'
import { Icon } from '../ui/icon.tsx'
import { Control, isGroup } from './control.tsx'
import type { ControlProps, EditableKind } from './controls/props.ts'
import { SecretNote } from './controls/secret.tsx'
import { controlId, holdsValue, isTyped, nameOf } from './outline.ts'
import { useHelp } from './use-help.ts'

export interface FieldRowProps {
  readonly setting: Setting
  readonly value: SettingValue | undefined
  /** What a reset brings back; undefined where nothing was changed. */
  readonly original: SettingValue | undefined
  readonly placeholder: string
  readonly findings: readonly Finding[]
  /** What the last edit did, at the field that was edited. */
  readonly effect: Effect | undefined
  /** Where the value of a secret lives. */
  readonly places: readonly string[]
  readonly actions: Actions
  readonly onShowChange: () => void
}

const reference = 'A reference: the value is in no link and in no bundle. '

/** One setting: its label and key, its control, and everything there is to say about it. */
export const FieldRow = memo(function FieldRow(props: FieldRowProps) {
  const { setting, value, original, placeholder, findings, effect, places, actions, onShowChange } =
    props
  const { path, field } = setting
  const help = useHelp(path)
  const [problem, setProblem] = useState<string>()
  const [pending, startTransition] = useTransition()
  const edit = useCallback(
    (next: SettingValue) => {
      // A control shows what is typed by itself; what follows from it must not hold the next key up.
      if (isTyped(field)) startTransition(() => actions.edit(path as Path, next))
      else actions.edit(path as Path, next)
    },
    [actions, path, field],
  )

  const id = controlId(path)
  const changed = original !== undefined
  const invalid = problem !== undefined || findings.some(({ severity }) => severity === 'error')
  const noted = findings.map((finding, at) => `${id}-${finding.id}-${at}`)
  const describedBy = [`${id}-help`, problem && `${id}-problem`, ...noted].filter(Boolean).join(' ')

  const group = isGroup(field)
  const Frame = group ? 'fieldset' : 'div'
  return (
    <Frame
      className={`row kind-${field.kind}${changed ? ' changed' : ''}`}
      data-path={path}
      aria-labelledby={group ? `${id}-label` : undefined}
      id={group && field.kind !== 'map' ? id : undefined}
    >
      {group ? (
        <legend className="row-head">
          <span className="label" id={`${id}-label`}>
            {field.label}
          </span>
          <Key path={path} />
        </legend>
      ) : (
        <div className="row-head">
          {holdsValue(setting) ? (
            <label className="label" htmlFor={id}>
              {field.label}
            </label>
          ) : (
            <span className="label">{field.label}</span>
          )}
          <Key path={holdsValue(setting) ? path : undefined} />
        </div>
      )}
      <div className="row-body">
        {holdsValue(setting) ? (
          <Control
            {...({
              id,
              field,
              value,
              pending,
              placeholder,
              invalid,
              describedBy,
              onChange: edit,
            } as Omit<ControlProps<EditableKind>, 'onProblem'>)}
            onProblem={setProblem}
          />
        ) : (
          <SecretNote id={id} places={places} />
        )}
        {changed && (
          <button
            type="button"
            className="ghost square reset"
            onClick={() =>
              actions.apply({ [path]: original }, `reset of ${nameOf(path)}`, path as Path)
            }
            title="Reset"
          >
            <Icon name="reset" />
            <span className="sr">Reset {field.label}</span>
          </button>
        )}
        <p className="help">
          {/* What the build wrote here stays until the sentences have come. */}
          <span id={`${id}-help`} suppressHydrationWarning>
            {help === undefined ? '' : (holdsValue(setting) ? '' : reference) + help}
          </span>
          {effect && effect.lines > 0 && (
            <>
              {' '}
              <button type="button" className="link effect" onClick={onShowChange}>
                Changes {count(effect.lines, ['line', 'lines'])} in{' '}
                {count(effect.files, ['file', 'files'])}.
              </button>
            </>
          )}
        </p>
        {problem && (
          <p className="finding error" id={`${id}-problem`}>
            {problem}
          </p>
        )}
        {findings.map((finding, at) => (
          <FindingNote
            key={noted[at]}
            id={noted[at] as string}
            finding={finding}
            apply={actions.apply}
          />
        ))}
      </div>
    </Frame>
  )
})

function Key({ path }: { path: string | undefined }) {
  if (path === undefined) return <span className="key">from a Secret</span>
  // Keys break after their dots rather than anywhere.
  const [first, ...rest] = path.split('.')
  return (
    <code className="key">
      {first}
      {rest.map((part) => (
        <span key={part}>
          .<wbr />
          {part}
        </span>
      ))}
    </code>
  )
}
