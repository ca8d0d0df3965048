/** Why the operating system refused, in words. */
export function reasonOf(error: unknown): string {
  const code = (error as NodeJS.ErrnoException).code
  const words: Readonly<Record<string, string>> = {
    ENOENT: 'there is no such file or folder',
    EACCES: 'access is denied',
    EISDIR: 'is a folder',
    ENOTDIR: 'is not a folder',
    EEXIST: 'a file is in the way of a folder',
    EROFS: 'the file system is read-only',
    ENOSPC: 'the disk is full',
  }
  return (code && words[code]) || (error instanceof Error ? error.message : String(error))
}
