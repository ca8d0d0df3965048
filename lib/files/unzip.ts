import JSZip from 'jszip'

/** Larger entries are no file of a bundle. */
const largest = 5_000_000

/**
 * The text of the file with this name nearest to the root of a zip; undefined where there is
 * none. Throws where the bytes are no zip or the file is too large.
 */
export async function fileInZip(bytes: Uint8Array, name: string): Promise<string | undefined> {
  const zip = await JSZip.loadAsync(bytes)
  const [entry] = zip
    .filter((path, file) => !file.dir && path.split('/').at(-1) === name)
    .sort((left, right) => left.name.split('/').length - right.name.split('/').length)
  if (entry === undefined) return undefined
  const size = (entry as unknown as { _data?: { uncompressedSize?: number } })._data?.uncompressedSize ?? 0
  if (size > largest) throw new Error(`${name} in the zip is larger than any configuration`)
  return entry.async('string')
}
