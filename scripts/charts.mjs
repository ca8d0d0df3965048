/** `npm run charts -- DIR…`: every chart below the folders, rendered by Helm and by us. */
import { bin, installPackages, run } from './setup.mjs'

installPackages()
const { installHelm } = await import('./tools.mjs')
await installHelm()
run(bin('tsx'), ['scripts/charts/main.ts', ...process.argv.slice(2)])
