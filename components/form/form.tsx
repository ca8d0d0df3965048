import { useMemo, type ReactNode } from 'react'
import {
  applies,
  placeholderOf,
  type Config,
  type Path,
  type Setting,
  type SettingValue,
} from '../../lib/config/index.ts'
import type { Finding } from '../../lib/render.ts'
import type { Actions } from '../configurator/use-config.ts'
import type { Effect, Summary } from '../engine/protocol.ts'
import { count } from '../findings/finding.tsx'
import { FieldRow } from './field-row.tsx'
import { holdsValue, nameOf, pages, type Page } from './outline.ts'
import { hiddenIn, type Hidden } from './reasons.ts'

export interface FormProps {
  readonly page: Page
  readonly config: Config
  /** The starting point, which changed fields go back to. */
  readonly base: Config
  readonly changed: ReadonlySet<string>
  readonly findings: ReadonlyMap<string, readonly Finding[]>
  readonly secrets: Summary['secrets']
  readonly edited: { readonly path: Path; readonly effect: Effect } | undefined
  readonly actions: Actions
  readonly openAdvanced: boolean
  readonly onToggleAdvanced: (open: boolean) => void
  readonly onShowChange: () => void
  readonly onGoTo: (path: string) => void
  readonly onPage: (id: string) => void
  /** A tool that belongs to the settings of this page. */
  readonly tool: ReactNode
}

const none: readonly never[] = []

/** One page of the form, drawn from the declared settings. */
export function Form(props: FormProps) {
  const {
    page,
    config,
    base,
    changed,
    findings,
    secrets,
    edited,
    actions,
    openAdvanced,
    onToggleAdvanced,
    onShowChange,
    onGoTo,
    onPage,
    tool,
  } = props
  const shown = page.settings.filter(({ path }) => applies(config, path))
  const basic = shown.filter(({ field }) => !field.advanced)
  const advanced = shown.filter(({ field }) => field.advanced)
  const changedHere = page.settings
    .filter(({ path }) => changed.has(path))
    .map(({ path }) => path as Path)
  const next = pages[pages.indexOf(page) + 1]

  const row = (setting: Setting) => (
    <FieldRow
      key={setting.path}
      setting={setting}
      value={holdsValue(setting) ? config[setting.path] : undefined}
      original={
        changed.has(setting.path) ? (base[setting.path as Path] as SettingValue) : undefined
      }
      placeholder={placeholderOf(config, setting.field)}
      findings={findings.get(setting.path) ?? none}
      effect={edited?.path === setting.path ? edited.effect : undefined}
      places={secrets[setting.path] ?? none}
      actions={actions}
      onShowChange={onShowChange}
    />
  )
  const reset = () =>
    actions.apply(
      Object.fromEntries(changedHere.map((path) => [path, base[path]])),
      `reset of ${page.title}`,
    )

  return (
    <div className="page" key={page.id}>
      <div className="page-head">
        <h2 id="page-title" tabIndex={-1}>
          {page.title}
        </h2>
        {shown.length > 0 && (
          <span className="page-count">
            {changedHere.length} of {shown.filter(holdsValue).length} changed
          </span>
        )}
        {changedHere.length > 0 && (
          <button type="button" className="ghost" onClick={reset}>
            Reset section
          </button>
        )}
      </div>
      <p className="page-help">{page.help}</p>
      {basic.length > 0 && <div className="rows">{basic.map(row)}</div>}
      {tool}
      {advanced.length > 0 && (
        <details
          className="advanced"
          open={openAdvanced}
          onToggle={(event) => onToggleAdvanced(event.currentTarget.open)}
        >
          <summary>{advancedTitle(advanced, changed, findings)}</summary>
          {openAdvanced && <div className="rows">{advanced.map(row)}</div>}
        </details>
      )}
      <NotApplying config={config} page={page} all={shown.length === 0} onGoTo={onGoTo} />
      {next && (
        <button type="button" className="next" onClick={() => onPage(next.id)}>
          <span>Next section</span>
          <strong>{next.title}</strong>
        </button>
      )}
    </div>
  )
}

function advancedTitle(
  settings: readonly Setting[],
  changed: ReadonlySet<string>,
  findings: ReadonlyMap<string, readonly Finding[]>,
): string {
  const changes = settings.filter(({ path }) => changed.has(path)).length
  const problems = settings.filter(({ path }) =>
    findings.get(path)?.some(({ severity }) => severity !== 'info'),
  ).length
  const extra = [
    changes > 0 && `${changes} changed`,
    problems > 0 && count(problems, ['problem', 'problems']),
  ].filter(Boolean)
  return `Advanced, ${count(settings.length, ['setting', 'settings'])}${extra.length > 0 ? ` (${extra.join(', ')})` : ''}`
}

function NotApplying({
  config,
  page,
  all,
  onGoTo,
}: {
  config: Config
  page: Page
  all: boolean
  onGoTo: (path: string) => void
}) {
  const hidden = useMemo(() => hiddenIn(config, page.settings), [config, page])
  if (hidden.length === 0) return null
  return (
    <ul className={all ? 'not-applying whole' : 'not-applying'} id="not-applying" tabIndex={-1}>
      {hidden.map((one) => (
        <li key={one.path}>
          {sentence(one, all && hidden.length === 1)}{' '}
          <button type="button" className="link" onClick={() => onGoTo(one.path)}>
            Go to {nameOf(one.path)}
          </button>
        </li>
      ))}
    </ul>
  )
}

const sentence = ({ count: number, because }: Hidden, whole: boolean): string =>
  whole
    ? `Nothing in this section applies, because ${because}.`
    : `${count(number, ['setting does', 'settings do'])} not apply, because ${because}.`
