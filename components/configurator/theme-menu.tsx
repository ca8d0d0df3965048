import { useSyncExternalStore } from 'react'
import { Icon, type IconName } from '../ui/icon.tsx'
import { Menu } from '../ui/menu.tsx'

const themes = [
  { id: 'system', label: 'Follow the system', icon: 'screen' },
  { id: 'light', label: 'Light', icon: 'sun' },
  { id: 'dark', label: 'Dark', icon: 'moon' },
] as const satisfies readonly { id: string; label: string; icon: IconName }[]

type Theme = (typeof themes)[number]['id']

const listeners = new Set<() => void>()

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

const themeNow = (): Theme =>
  (document.documentElement.dataset.theme as Theme | undefined) ?? 'system'
const themeBuilt = (): Theme => 'system'

function choose(chosen: Theme): void {
  if (chosen === 'system') delete document.documentElement.dataset.theme
  else document.documentElement.dataset.theme = chosen
  try {
    if (chosen === 'system') localStorage.removeItem('theme')
    else localStorage.setItem('theme', chosen)
  } catch {
    // Storage may be off; the choice then lasts as long as the page.
  }
  for (const listener of listeners) listener()
}

/** Light, dark, or what the system says. The script in the page's head puts the choice in place before the first paint. */
export function ThemeMenu() {
  const theme = useSyncExternalStore(subscribe, themeNow, themeBuilt)
  const now = themes.find(({ id }) => id === theme) ?? themes[0]
  return (
    <Menu className="theme-menu" label={`Theme: ${now.label}`} button={<Icon name={now.icon} />}>
      {(close) =>
        themes.map(({ id, label, icon }) => (
          <button
            key={id}
            type="button"
            role="menuitemradio"
            aria-checked={id === theme}
            className="menu-item"
            tabIndex={-1}
            onClick={() => {
              choose(id)
              close()
            }}
          >
            <Icon name={icon} />
            {label}
          </button>
        ))
      }
    </Menu>
  )
}
