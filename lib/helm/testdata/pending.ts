/** Recorded cases that we do not reproduce, each with the reason. */
export const pending: ReadonlyMap<string, string> = new Map([
  ['03-builtins 88', 'our clock stands still while a chart is rendered'],
])
