/** Recorded cases of charts that do not pass, and why. */
export const pendingCharts = new Map<string, string>([['11-chart 72', 'writing a folder is up to the command line']])
