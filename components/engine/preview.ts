import type { Marks } from './diff.ts'
import type { Effect, Rendered, Summary } from './protocol.ts'

/** The last rendering as the page holds it. */
export interface Preview extends Summary {
  readonly texts: ReadonlyMap<string, string>
  readonly step: number
  readonly marks: Readonly<Record<string, Marks>>
  readonly effect: Effect
  /** The link of what is shown; empty before the worker's first word. */
  readonly link: string
}

/** What is known before the worker has said anything: the rendering of the build, with the one file that is open. */
export const firstPreview = (
  summary: Summary,
  open: { readonly path: string; readonly text: string },
): Preview => ({
  ...summary,
  texts: new Map([[open.path, open.text]]),
  step: 0,
  marks: {},
  effect: { lines: 0, files: 0 },
  link: '',
})

export function previewAfter(
  preview: Preview,
  { files, removed: _, ...rendered }: Rendered,
): Preview {
  const texts = new Map(preview.texts)
  for (const { path, text } of files) texts.set(path, text)
  if (rendered.paths) {
    const present = new Set(rendered.paths)
    for (const path of texts.keys()) if (!present.has(path)) texts.delete(path)
  }
  return { ...preview, ...rendered, texts }
}
