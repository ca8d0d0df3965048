/** Recorded cases that we do not reproduce yet, each with the reason. */
export const pending: ReadonlyMap<string, string> = new Map([])
