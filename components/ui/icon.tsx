/** Drawn on a 16 × 16 grid with a stroke of 1.5. */
const shapes = {
  undo: 'M6 3 3 6l3 3M3.5 6H10a3.5 3.5 0 0 1 0 7H7',
  redo: 'm10 3 3 3-3 3M12.5 6H6a3.5 3.5 0 0 0 0 7h3',
  reset: 'M3 8a5 5 0 1 0 1.6-3.7M3 3v3h3',
  close: 'm4 4 8 8M12 4l-8 8',
  plus: 'M8 3v10M3 8h10',
  down: 'm4 6 4 4 4-4',
  right: 'm6 4 4 4-4 4',
  search: 'M7 11.5a4.5 4.5 0 1 0 0-9 4.5 4.5 0 0 0 0 9ZM10.5 10.5 14 14',
  lock: 'M4.5 7h7a1 1 0 0 1 1 1v4.5a1 1 0 0 1-1 1h-7a1 1 0 0 1-1-1V8a1 1 0 0 1 1-1ZM5.5 7V5a2.5 2.5 0 0 1 5 0v2',
  sun: 'M8 11a3 3 0 1 0 0-6 3 3 0 0 0 0 6ZM8 1v1.5M8 13.5V15M1 8h1.5M13.5 8H15M3 3l1 1M12 12l1 1M13 3l-1 1M4 12l-1 1',
  moon: 'M13.5 9.5A6 6 0 0 1 6.5 2.5a6 6 0 1 0 7 7Z',
  screen: 'M2.5 3h11v8h-11zM6 14h4M8 11v3',
  help: 'M6 6a2 2 0 1 1 2.8 1.8c-.5.3-.8.7-.8 1.4M8 11.8v.1',
  wrap: 'M2 4h12M2 8h10a2 2 0 0 1 0 4H8m1.5-1.5L8 12l1.5 1.5M2 12h3',
  more: 'M3.5 8h.01M8 8h.01M12.5 8h.01',
  check: 'm3 8.5 3.5 3.5L13 5',
} as const

export type IconName = keyof typeof shapes

export function Icon({ name }: { name: IconName }) {
  return (
    <svg
      className="icon"
      viewBox="0 0 16 16"
      width="16"
      height="16"
      aria-hidden="true"
      focusable="false"
    >
      <path d={shapes[name]} />
    </svg>
  )
}
