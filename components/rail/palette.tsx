import { useId, useState, type KeyboardEvent } from 'react'
import { helpOf } from '../../lib/config/help/index.ts'
import { applies, type Config } from '../../lib/config/index.ts'
import { nameOf } from '../form/outline.ts'
import { obstacleOf } from '../form/reasons.ts'
import { Dialog } from '../ui/dialog.tsx'
import { find } from './find.ts'

interface PaletteProps {
  readonly config: Config
  readonly onChoose: (path: string) => void
  readonly onClose: () => void
}

/** Finds a setting by what it is called anywhere. */
export default function Palette({ config, onChoose, onClose }: PaletteProps) {
  const [question, setQuestion] = useState('')
  const [at, setAt] = useState(0)
  const id = useId()
  const found = find(question).toSorted(
    (left, right) => Number(applies(config, right.path)) - Number(applies(config, left.path)),
  )
  const chosen = found[Math.min(at, found.length - 1)]

  const choose = (path: string | undefined) => {
    if (path === undefined) return
    onClose()
    onChoose(path)
  }
  const press = (event: KeyboardEvent) => {
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (by && found.length > 0) {
      const next = (at + by + found.length) % found.length
      setAt(next)
      document.getElementById(`${id}-${next}`)?.scrollIntoView({ block: 'nearest' })
    } else if (event.key === 'Enter') choose(chosen?.path)
    else return
    event.preventDefault()
  }
  return (
    <Dialog title="Find a setting" className="palette" onClose={onClose}>
      <input
        className="input"
        type="search"
        role="combobox"
        aria-label="Find a setting"
        aria-expanded={found.length > 0}
        aria-controls={id}
        aria-autocomplete="list"
        aria-activedescendant={chosen ? `${id}-${found.indexOf(chosen)}` : undefined}
        placeholder="Label, key, variable or words of the help"
        data-first
        autoComplete="off"
        spellCheck={false}
        value={question}
        onChange={(event) => {
          setQuestion(event.target.value)
          setAt(0)
        }}
        onKeyDown={press}
      />
      <ul className="found" role="listbox" id={id} aria-label="Settings found">
        {found.map((setting, index) => {
          const obstacle = applies(config, setting.path) ? undefined : obstacleOf(config, setting)
          return (
            <li
              key={setting.path}
              id={`${id}-${index}`}
              role="option"
              aria-selected={setting === chosen}
              onMouseDown={(event) => event.preventDefault()}
              onClick={() => choose(setting.path)}
            >
              <span className="found-name">{nameOf(setting.path)}</span>
              <code className="key">{setting.path}</code>
              <span className="found-help">
                {obstacle ? `Does not apply, because ${obstacle.because}.` : helpOf(setting.path)}
              </span>
            </li>
          )
        })}
      </ul>
      <p className="found-none" role="status">
        {question.trim() === ''
          ? 'Type a word such as timeout, APP_LOG_LEVEL or ingress.'
          : found.length === 0
            ? 'No setting has these words.'
            : ''}
      </p>
    </Dialog>
  )
}
