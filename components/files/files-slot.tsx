import { useEffect, useState, type ComponentType } from 'react'
import type { FilesProps } from './files.tsx'

/** Only the build draws the pane at once; in the browser its code comes after the form's. */
const built: ComponentType<FilesProps> | undefined =
  typeof window === 'undefined'
    ? // eslint-disable-next-line @typescript-eslint/no-require-imports -- an import would bring the code into the first load
      (require('./files.tsx') as typeof import('./files.tsx')).default
    : undefined

/** The files pane: what the build drew stays as it is until the code that moves it has come. */
export function FilesSlot(props: FilesProps) {
  const [Files, setFiles] = useState(() => built)
  useEffect(() => {
    import('./files.tsx').then(
      (loaded) => setFiles(() => loaded.default),
      () => undefined,
    )
  }, [])
  return Files ? (
    <div className="slot" key="alive">
      <Files {...props} />
    </div>
  ) : (
    // React leaves such content alone when it takes over the page.
    <div
      className="slot"
      key="built"
      suppressHydrationWarning
      dangerouslySetInnerHTML={{ __html: '' }}
    />
  )
}
