import { memo, useMemo, useRef, useState, type KeyboardEvent } from 'react'
import { Icon } from '../ui/icon.tsx'
import { treeOf, type Entry } from './tree.ts'

interface FileTreeProps {
  readonly paths: readonly string[]
  readonly open: string
  readonly changed: ReadonlySet<string>
  readonly onOpen: (path: string) => void
}

/** The files of a tab in their folders. Changed ones wear a `~`. */
export const FileTree = memo(function FileTree({ paths, open, changed, onOpen }: FileTreeProps) {
  const tree = useRef<HTMLDivElement>(null)
  const [closed, setClosed] = useState<ReadonlySet<string>>(new Set())
  const [cursor, setCursor] = useState(open)
  const entries = useMemo(() => treeOf(paths, closed), [paths, closed])
  const stop = entries.some(({ path }) => path === cursor)
    ? cursor
    : (entries.find(({ path }) => path === open) ?? entries[0])?.path

  const toggle = (path: string) =>
    setClosed((before) => {
      const after = new Set(before)
      if (!after.delete(path)) after.add(path)
      return after
    })
  const focus = (entry: Entry | undefined) => {
    if (!entry) return
    setCursor(entry.path)
    tree.current?.querySelector<HTMLElement>(`[data-path="${CSS.escape(entry.path)}"]`)?.focus()
  }
  const press = (event: KeyboardEvent) => {
    const at = entries.findIndex(({ path }) => path === stop)
    const entry = entries[at]
    if (!entry) return
    const parent = entries.slice(0, at).findLast(({ depth }) => depth < entry.depth)
    if (event.key === 'ArrowDown') focus(entries[at + 1])
    else if (event.key === 'ArrowUp') focus(entries[at - 1])
    else if (event.key === 'Home') focus(entries[0])
    else if (event.key === 'End') focus(entries.at(-1))
    else if (event.key === 'ArrowRight' && entry.kind === 'folder') {
      if (closed.has(entry.path)) toggle(entry.path)
      else focus(entries[at + 1])
    } else if (event.key === 'ArrowLeft') {
      if (entry.kind === 'folder' && !closed.has(entry.path)) toggle(entry.path)
      else focus(parent)
    } else if (event.key === 'Enter' || event.key === ' ') act(entry)
    else return
    event.preventDefault()
  }
  const act = (entry: Entry) => {
    setCursor(entry.path)
    if (entry.kind === 'folder') toggle(entry.path)
    else onOpen(entry.path)
  }
  return (
    <div className="tree" role="tree" aria-label="Files of this tab" ref={tree} onKeyDown={press}>
      {entries.map((entry) => (
        <div
          key={entry.path}
          role="treeitem"
          className={`entry depth-${Math.min(entry.depth, 4)} ${entry.kind}`}
          data-path={entry.path}
          aria-label={changed.has(entry.path) ? `${entry.name}, changed` : entry.name}
          aria-level={entry.depth + 1}
          aria-selected={entry.path === open}
          aria-expanded={entry.kind === 'folder' ? !closed.has(entry.path) : undefined}
          tabIndex={entry.path === stop ? 0 : -1}
          onClick={() => act(entry)}
        >
          {entry.kind === 'folder' && <Icon name={closed.has(entry.path) ? 'right' : 'down'} />}
          <span className="entry-name">{entry.name}</span>
          {changed.has(entry.path) && <span className="tilde">~</span>}
        </div>
      ))}
    </div>
  )
})
