/** The tab that shows demands instead of files. */
export const checklistTab = 'checklist'

/** What the reader looks at. */
export interface View {
  readonly tab: string
  readonly path: string
  /** The line that the reader points at; the pane follows it when `asked` grows. */
  readonly line: number
  readonly asked: number
}
