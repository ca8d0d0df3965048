/** Any text as one line without control characters, for comments in files of every syntax. */
export const oneLine = (text: string): string =>
  text.replace(/[\p{Cc}\p{Cs}\u2028\u2029\s]+/gu, ' ').trim()
