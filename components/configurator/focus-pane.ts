/** Puts the focus into the next part of the page, round and round. */
export function focusNextPane(by: 1 | -1, problemsOpen: boolean): void {
  const all = ['settings', 'files', ...(problemsOpen ? ['problems'] : [])]
  const at = all.findIndex((id) => document.getElementById(id)?.contains(document.activeElement))
  const next = at < 0 ? (by > 0 ? 0 : all.length - 1) : (at + by + all.length) % all.length
  document.getElementById(all[next] as string)?.focus()
}
