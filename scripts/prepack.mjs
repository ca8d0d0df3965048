/** What the package holds: the command, and the engine with its types, for `import` and for `require`. */
import { cpSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { buildSync } from 'esbuild'
import { buildCommand } from './command.mjs'
import { bin, root, run } from './setup.mjs'

const dist = join(root, 'dist')
rmSync(dist, { recursive: true, force: true })

const bundle = options => buildSync({ absWorkingDir: root, bundle: true, target: 'node20', logLevel: 'warning', ...options })
const engine = { entryPoints: { helm: 'lib/helm/index.ts' }, platform: 'neutral', outdir: dist }

buildCommand(dist)
bundle({ ...engine, format: 'esm', splitting: true, chunkNames: 'helm-[name]-[hash]' })
bundle({ ...engine, format: 'cjs', outExtension: { '.js': '.cjs' } })

run(bin('tsc'), ['-p', 'lib/helm/tsconfig.json', '--outDir', join(dist, 'types')])
cpSync(join(dist, 'types'), join(dist, 'types-cjs'), { recursive: true })
writeFileSync(join(dist, 'types-cjs/package.json'), '{ "type": "commonjs" }\n')
