type Work = (turn: number) => unknown

/** The middle of the times, once the work has been done for so many milliseconds, and for a third of the runs. */
export const median = (runs: number, work: Work, warmUp = 0): number => sortedTimes(runs, work, warmUp)[Math.floor(runs / 2)] as number

/** The least of them, for small differences: what else the machine does cannot shorten it. */
export const least = (runs: number, work: Work, warmUp = 0): number => sortedTimes(runs, work, warmUp)[0] as number

function sortedTimes(runs: number, work: Work, warmUp: number): number[] {
  let turn = 0
  for (const start = performance.now(); turn < runs / 3 || performance.now() - start < warmUp; turn++) work(turn)
  const times: number[] = []
  for (; times.length < runs; turn++) {
    const start = performance.now()
    work(turn)
    times.push(performance.now() - start)
  }
  return times.sort((left, right) => left - right)
}

/** How long a page has been used when its times are taken. */
export const inUse = 3000

export const milliseconds = (time: number): string => `${time.toFixed(2)} ms`
