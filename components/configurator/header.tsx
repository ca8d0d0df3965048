import { memo, type ReactNode } from 'react'
import { Icon } from '../ui/icon.tsx'
import { Kbd } from '../ui/kbd.tsx'
import { ThemeMenu } from './theme-menu.tsx'

export interface HeaderProps {
  readonly presetMenu: ReactNode
  readonly undoLabel: string | undefined
  readonly redoLabel: string | undefined
  /** What the share button says instead of its name, for a moment. */
  readonly shared: string | undefined
  readonly onUndo: () => void
  readonly onRedo: () => void
  readonly onOpen: () => void
  readonly onShare: () => void
  readonly onDownload: () => void
  readonly onHelp: () => void
}

export const Header = memo(function Header(props: HeaderProps) {
  const {
    presetMenu,
    undoLabel,
    redoLabel,
    shared,
    onUndo,
    onRedo,
    onOpen,
    onShare,
    onDownload,
    onHelp,
  } = props
  return (
    <header className="header">
      <h1 className="brand">
        <Logo />
        <span>Chassis Configurator</span>
      </h1>
      {presetMenu}
      <div className="header-tools">
        <ThemeMenu />
        <button
          type="button"
          className="ghost square help-button"
          onClick={onHelp}
          aria-label="Keyboard and help"
          title="Keyboard and help (?)"
        >
          <Icon name="help" />
        </button>
        <button
          type="button"
          className="ghost square"
          onClick={onUndo}
          disabled={undoLabel === undefined}
          aria-label="Undo"
          title={undoLabel ? `Undo: ${undoLabel}` : 'Nothing to undo'}
        >
          <Icon name="undo" />
        </button>
        <button
          type="button"
          className="ghost square"
          onClick={onRedo}
          disabled={redoLabel === undefined}
          aria-label="Redo"
          title={redoLabel ? `Redo: ${redoLabel}` : 'Nothing to redo'}
        >
          <Icon name="redo" />
        </button>
        <button type="button" className="button" onClick={onOpen}>
          Open…
        </button>
        <button
          type="button"
          className="button wide-only"
          onClick={onShare}
          aria-label="Share link"
        >
          <span>{shared ?? 'Share link'}</span> <Kbd keys="⏎" pc="Enter" />
        </button>
        <button
          type="button"
          className="button primary wide-only"
          onClick={onDownload}
          aria-label="Download bundle"
        >
          <span>Download bundle</span> <Kbd keys="S" />
        </button>
      </div>
    </header>
  )
})

function Logo() {
  return (
    <svg className="logo" viewBox="0 0 20 20" width="20" height="20" aria-hidden="true">
      <rect width="20" height="20" rx="5" />
      <path d="M5 6.5h10M6.5 10H15M5 13.5h10" />
    </svg>
  )
}
