/** `npm run fuzz -- --cases N --seed S`: random templates through our engine and through real Helm. */
import { bin, installPackages, run } from './setup.mjs'

installPackages()
const { installHelm } = await import('./tools.mjs')
await installHelm()
run(bin('tsx'), ['scripts/fuzz/main.ts', ...process.argv.slice(2)])
