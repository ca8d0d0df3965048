import JSZip from 'jszip'
import type { TextFile } from './file.ts'

/** The earliest date that a zip can hold: the same bytes on every day. */
const epoch = new Date(Date.UTC(1980, 0, 1))

/** The bytes of a zip with these files below `folder`; the same files give the same bytes. */
export function zipOf(folder: string, files: readonly TextFile[]): Promise<Uint8Array> {
  const zip = new JSZip()
  for (const { path, text, executable } of files)
    zip.file(`${folder}/${path}`, text, {
      date: epoch,
      createFolders: false,
      unixPermissions: executable ? 0o755 : 0o644,
    })
  return zip.generateAsync({ type: 'uint8array', platform: 'UNIX', compression: 'DEFLATE', compressionOptions: { level: 9 } })
}
