/** What the package holds: the command, and the engine with its types, for `import` and for `require`. */
import { cpSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { buildSync } from 'esbuild'
import { bin, root, run } from './setup.mjs'

const dist = join(root, 'dist')
rmSync(dist, { recursive: true, force: true })

const bundle = options => buildSync({ absWorkingDir: root, bundle: true, target: 'node20', logLevel: 'warning', ...options })
const engine = { entryPoints: { helm: 'lib/helm/index.ts' }, platform: 'neutral', outdir: dist }

// Packages of the CommonJS kind ask for Node's own modules by way of `require`.
const require = "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);"
bundle({ entryPoints: ['cli/main.ts'], platform: 'node', format: 'esm', splitting: true, minify: true, outdir: join(dist, 'cli'), banner: { js: require } })
// Node 22 and newer keep what they compiled, so that the next start is quicker.
writeFileSync(
  join(dist, 'cli.js'),
  `#!/usr/bin/env node
import module from 'node:module'
module.enableCompileCache?.()
await import('./cli/main.js')
`,
)
bundle({ ...engine, format: 'esm', splitting: true, chunkNames: 'helm-[name]-[hash]' })
bundle({ ...engine, format: 'cjs', outExtension: { '.js': '.cjs' } })

run(bin('tsc'), ['-p', 'lib/helm/tsconfig.json', '--outDir', join(dist, 'types')])
cpSync(join(dist, 'types'), join(dist, 'types-cjs'), { recursive: true })
writeFileSync(join(dist, 'types-cjs/package.json'), '{ "type": "commonjs" }\n')
