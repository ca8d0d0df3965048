import { memo, useEffect, useMemo, useRef, type KeyboardEvent, type ReactNode } from 'react'
import type { Preview } from '../engine/preview.ts'
import { count } from '../findings/finding.tsx'
import { changeFrom, changesOf, type Place } from './changes.ts'
import { Code } from './code.tsx'
import { FileBar } from './file-bar.tsx'
import { FileTree } from './file-tree.tsx'
import { groupAt, groupOf, groups, mostTelling } from './groups.ts'
import { bring, seesMark } from './scroll.ts'
import { useLater } from '../ui/use-later.ts'
import { Refusal } from './refusal.tsx'
import { Tabs, type Tab } from './tabs.tsx'
import { checklistTab, type View } from './view.ts'

export interface FilesProps {
  readonly preview: Preview
  readonly view: View
  readonly wrap: boolean
  /** Whether small screens show the files now. */
  readonly shown: boolean
  readonly onView: (view: Partial<View>) => void
  readonly onWrap: () => void
  readonly onWhy: (place: Place) => void
  readonly checklist: ReactNode
  /** What else there is to say, over or beside the code. */
  readonly notes: ReactNode
}

/** The generated files: tabs, a tree, and the open file. */
export default memo(function Files({
  preview,
  view,
  wrap,
  shown,
  onView,
  onWrap,
  onWhy,
  checklist,
  notes,
}: FilesProps) {
  const { texts, paths, marks, demands, step, refusal, stale } = preview
  const pane = useRef<HTMLDivElement>(null)
  const tab = tabShown(view.tab, paths)
  const group = groupAt(tab)
  const inTab = useMemo(() => paths.filter(group.has), [paths, group])
  const open = inTab.includes(view.path) ? view.path : (mostTelling(inTab) ?? '')
  const text = texts.get(open)
  const changes = useMemo(() => changesOf(paths, marks), [paths, marks])
  const changed = useLater(useMemo(() => new Set(Object.keys(marks)), [marks]))

  useEffect(() => {
    if (view.asked > 0 && pane.current) bring(pane.current, view.line)
  }, [view.asked, view.line, open])

  const first = marks[open]?.lines[0] ?? marks[open]?.gaps[0]
  useEffect(() => {
    if (first !== undefined && pane.current && !seesMark(pane.current)) bring(pane.current, first)
  }, [first, step, shown])

  const go = (place: Place | undefined) => {
    if (place)
      onView({
        tab: group.has(place.path) ? group.id : 'bundle',
        path: place.path,
        line: place.line,
        asked: view.asked + 1,
      })
  }
  const press = (event: KeyboardEvent) => {
    if (event.target !== pane.current || event.metaKey || event.ctrlKey || event.altKey) return
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (by) onView({ path: open, line: Math.max(1, view.line + by), asked: view.asked + 1 })
    else if (event.key === 'Enter' && view.line > 0) onWhy({ path: open, line: view.line })
    else return
    event.preventDefault()
  }
  return (
    <section className="files" aria-label="Files" id="files" tabIndex={-1}>
      <Tabs
        tabs={tabsOf(paths, changed, demands)}
        chosen={tab}
        label="Kinds of files"
        onChoose={(tab) => onView({ tab, line: 0 })}
      />
      <div className="files-panel" role="tabpanel" id="panel-files" aria-labelledby={`tab-${tab}`}>
        {refusal !== undefined && <Refusal text={refusal} />}
        {notes}
        {tab === checklistTab ? (
          checklist
        ) : (
          <>
            <FileTree
              paths={inTab}
              open={open}
              changed={changed}
              onOpen={(path) => onView({ path, line: 0 })}
            />
            <div className="open-file">
              <span className="select tree-select">
                <select
                  aria-label="File"
                  value={open}
                  onChange={(event) => onView({ path: event.target.value, line: 0 })}
                >
                  {inTab.map((path) => (
                    <option key={path} value={path}>
                      {changed.has(path) ? `${path} ~` : path}
                    </option>
                  ))}
                </select>
              </span>
              <FileBar
                path={open}
                note={stale.includes(open) ? 'from before Helm refused' : group.note}
                text={text}
                wrap={wrap}
                hasChanges={changes.length > 0}
                onWrap={onWrap}
                onChange={(by) =>
                  go(changeFrom(changes, paths, { path: open, line: view.line }, by))
                }
              />
              <div className="code-frame" onKeyDown={press}>
                {text === undefined ? (
                  <p className="code-empty">
                    {open === '' ? 'No files of this kind.' : 'One moment…'}
                  </p>
                ) : (
                  <Code
                    path={open}
                    text={text}
                    marks={marks[open]}
                    wrap={wrap}
                    current={view.line}
                    pane={pane}
                    onLine={(line) => {
                      onView({ path: open, line })
                      onWhy({ path: open, line })
                    }}
                  />
                )}
              </div>
            </div>
          </>
        )}
      </div>
    </section>
  )
})

/** The chosen tab, or the one that tells most where the chosen one has no files any more. */
function tabShown(chosen: string, paths: readonly string[]): string {
  if (chosen === checklistTab || paths.some(groupAt(chosen).has)) return chosen
  const path = mostTelling(paths)
  return path === undefined ? chosen : groupOf(path).id
}

const files = ['file', 'files'] as const

function tabsOf(
  paths: readonly string[],
  changed: ReadonlySet<string>,
  demands: Preview['demands'],
): readonly Tab[] {
  const withFiles = groups.flatMap(({ id, label, has }) => {
    const here = paths.filter(has)
    if (here.length === 0) return []
    const marked = here.filter((path) => changed.has(path)).length
    return [
      {
        id,
        label,
        detail: marked > 0 ? `${marked} ~` : here.length > 1 ? String(here.length) : '',
        spoken:
          marked > 0
            ? `${marked} of ${count(here.length, files)} changed`
            : count(here.length, files),
        changed: marked > 0,
      },
    ]
  })
  const met = demands.filter((demand) => demand.met).length
  const checklist = {
    id: checklistTab,
    label: 'Checklist',
    detail: `${met}/${demands.length}`,
    spoken: `${met} of ${demands.length} checks met`,
    changed: false,
  }
  return [...withFiles, checklist]
}
