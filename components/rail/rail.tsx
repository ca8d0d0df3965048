import { memo } from 'react'
import { count, severityNames } from '../findings/finding.tsx'
import { groups } from '../form/outline.ts'
import { Icon } from '../ui/icon.tsx'
import { Kbd } from '../ui/kbd.tsx'

/** What a section's line in the rail says beside its name. */
export interface Tally {
  readonly changed: number
  readonly errors: number
  readonly warnings: number
  /** Whether any of its settings applies. */
  readonly applies: boolean
}

interface RailProps {
  readonly page: string
  readonly tallies: Readonly<Record<string, Tally>>
  readonly onPage: (id: string) => void
  readonly onSearch: () => void
}

/** The sections of the form under their headings, with what is changed and wrong in each. */
export const Rail = memo(function Rail({ page, tallies, onPage, onSearch }: RailProps) {
  return (
    <nav className="rail" aria-label="Sections">
      <button type="button" className="search-button" onClick={onSearch}>
        <span>Find a setting</span>
        <Kbd keys="K" />
      </button>
      {groups.map((group) => (
        <div className="rail-group" key={group.title}>
          <h2>{group.title}</h2>
          <ul>
            {group.pages.map(({ id, title }) => {
              const tally = tallies[id] as Tally
              return (
                <li key={id}>
                  <button
                    type="button"
                    className={tally.applies ? 'rail-item' : 'rail-item idle'}
                    aria-current={id === page ? 'page' : undefined}
                    onClick={() => onPage(id)}
                  >
                    <span>{title}</span>
                    <Marks tally={tally} />
                  </button>
                </li>
              )
            })}
          </ul>
        </div>
      ))}
    </nav>
  )
})

function Marks({ tally }: { tally: Tally }) {
  const { changed, errors, warnings } = tally
  const spoken = suffixOf(tally)
  return spoken === '' ? null : (
    <>
      <span className="sr">({spoken})</span>
      <span className="rail-marks" aria-hidden="true">
        {changed > 0 && <span className="mine">{changed}</span>}
        {errors > 0 && <span className="error">{errors} !</span>}
        {errors === 0 && warnings > 0 && <span className="warning">{warnings} !</span>}
      </span>
    </>
  )
}

const suffixOf = ({ changed, errors, warnings }: Tally): string =>
  [
    changed > 0 && `${changed} changed`,
    errors > 0 && count(errors, severityNames.error),
    errors === 0 && warnings > 0 && count(warnings, severityNames.warning),
  ]
    .filter(Boolean)
    .join(', ')

/** The same on small screens. */
export const SectionSelect = memo(function SectionSelect({
  page,
  tallies,
  onPage,
  onSearch,
}: RailProps) {
  return (
    <div className="section-select">
      <span className="select">
        <select aria-label="Section" value={page} onChange={(event) => onPage(event.target.value)}>
          {groups.map((group) => (
            <optgroup key={group.title} label={group.title}>
              {group.pages.map(({ id, title }) => {
                const extra = suffixOf(tallies[id] as Tally)
                return (
                  <option key={id} value={id}>
                    {extra ? `${title} (${extra})` : title}
                  </option>
                )
              })}
            </optgroup>
          ))}
        </select>
      </span>
      <button
        type="button"
        className="button icon-only"
        onClick={onSearch}
        aria-label="Find a setting"
      >
        <Icon name="search" />
      </button>
    </div>
  )
})
