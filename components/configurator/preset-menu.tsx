import { memo } from 'react'
import {
  differences,
  presetConfig,
  presets,
  type Config,
  type Preset,
} from '../../lib/config/index.ts'
import { count } from '../findings/finding.tsx'
import { Icon } from '../ui/icon.tsx'
import { Menu } from '../ui/menu.tsx'

interface PresetMenuProps {
  readonly preset: Preset
  readonly changes: number
  readonly config: Config
  readonly onChoose: (preset: Preset) => void
}

/** The starting point and how far from it the configuration is. */
export const PresetMenu = memo(function PresetMenu({
  preset,
  changes,
  config,
  onChoose,
}: PresetMenuProps) {
  const button = (
    <>
      <span className="sr">Preset: </span>
      <span className="preset-name">{preset.label}</span>
      {changes > 0 && (
        <span className="preset-changes">+ {count(changes, ['change', 'changes'])}</span>
      )}
      <Icon name="down" />
    </>
  )
  return (
    <Menu className="preset-menu" button={button}>
      {(close) => (
        <>
          {presets.map((one) => {
            const away = differences(presetConfig(one), config).length
            return (
              <button
                key={one.id}
                type="button"
                role="menuitemradio"
                aria-checked={one.id === preset.id}
                className="menu-item preset"
                tabIndex={-1}
                onClick={() => {
                  close()
                  onChoose(one)
                }}
              >
                <span className="preset-title">
                  {one.label}
                  <span className="preset-away">
                    {away === 0
                      ? 'what you have'
                      : `changes ${count(away, ['setting', 'settings'])}`}
                  </span>
                </span>
                <span className="preset-summary">{one.summary}</span>
              </button>
            )
          })}
          {changes > 0 && (
            <button
              type="button"
              role="menuitem"
              className="menu-item reset-all"
              tabIndex={-1}
              onClick={() => {
                close()
                onChoose(preset)
              }}
            >
              <Icon name="reset" />
              Reset all {count(changes, ['change', 'changes'])}
            </button>
          )}
        </>
      )}
    </Menu>
  )
})
