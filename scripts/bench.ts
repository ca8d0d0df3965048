import { charts } from './bench/charts.ts'
import { engine } from './bench/engine.ts'
import { firstLoad } from './bench/first-load.ts'
import { rendering } from './bench/rendering.ts'
import { typing } from './bench/typing.ts'

/** One figure: what was measured, and the bar that it is held against. */
const benchmarks = [engine, charts, rendering, firstLoad, typing]

async function main(): Promise<void> {
  for (const benchmark of benchmarks) for (const line of await benchmark()) console.log(line)
}

void main()
