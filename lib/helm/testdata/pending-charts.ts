/** Recorded cases of charts that do not pass yet, and why. */
export const pendingCharts = new Map<string, string>([])
