/** Brings a line of the pane into its middle, unless it can be seen already. */
export function bring(pane: HTMLElement, line: number): void {
  if (pane.clientHeight === 0) return
  const { top, bottom } = placeOf(pane, line)
  if (top >= pane.scrollTop && bottom <= pane.scrollTop + pane.clientHeight) return
  pane.scrollTo({ top: top - pane.clientHeight / 2, behavior: 'instant' })
}

/** Whether any mark can be seen, or nobody sees the pane. */
export function seesMark(pane: HTMLElement): boolean {
  if (pane.clientHeight === 0) return true
  return [...pane.querySelectorAll<HTMLElement>('.marked, .gap')].some((line) => {
    const top = topOf(pane, line)
    return top >= pane.scrollTop && top < pane.scrollTop + pane.clientHeight
  })
}

function placeOf(pane: HTMLElement, line: number): { top: number; bottom: number } {
  const element = pane.querySelector<HTMLElement>(`[data-n="${line}"]`)
  const height = pane.querySelector<HTMLElement>('[data-n]')?.offsetHeight ?? 20
  if (!element) return { top: (line - 1) * height, bottom: line * height }
  const top = topOf(pane, element)
  return { top, bottom: top + element.offsetHeight }
}

const topOf = (pane: HTMLElement, line: HTMLElement): number =>
  line.getBoundingClientRect().top - pane.getBoundingClientRect().top + pane.scrollTop
