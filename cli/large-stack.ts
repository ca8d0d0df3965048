/** For a thread with a large stack, in megabytes; only what is used of it takes memory. */
export const resourceLimits = { stackSizeMb: 256 }

/**
 * Gives what the work gives on a thread with a large stack. On any other, runs this command again on
 * such a thread, which prints what there is to print and ends the process; where there can be no
 * such thread, gives what there is already.
 */
export async function onLargeStack<T>(already: T, work: () => Promise<T>): Promise<T> {
  const { isMainThread, Worker } = await import('node:worker_threads')
  if (!isMainThread) return work()
  return new Promise((resolve) => {
    new Worker(process.argv[1]!, { argv: process.argv.slice(2), resourceLimits })
      .once('error', () => resolve(already))
      .once('exit', (status) => process.exit(status))
  })
}
