/** The middle of the times, after a third of the runs to warm up. */
export function median(runs: number, work: (turn: number) => unknown): number {
  const times: number[] = []
  for (let turn = -Math.ceil(runs / 3); turn < runs; turn++) {
    const start = performance.now()
    work(turn + 1000)
    if (turn >= 0) times.push(performance.now() - start)
  }
  return times.sort((left, right) => left - right)[Math.floor(runs / 2)] as number
}

export const milliseconds = (time: number): string => `${time.toFixed(2)} ms`
