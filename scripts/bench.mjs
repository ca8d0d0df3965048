/** `npm run bench [-- DIR…]`: figures as ratios, each pair measured in the same run on the same machine; of charts below the folders, too. */
import { bin, build, installPackages, run } from './setup.mjs'

installPackages()
const { browserEnvironment, installHelm } = await import('./tools.mjs')
await installHelm()
build()
run(bin('tsx'), ['scripts/bench.ts', ...process.argv.slice(2)], { env: { ...process.env, ...browserEnvironment(), NEXT_TELEMETRY_DISABLED: '1' } })
