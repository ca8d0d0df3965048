/** The command as the package holds it. */
import { join, relative } from 'node:path'
import { buildSync } from 'esbuild'
import { root } from './setup.mjs'

const options = { absWorkingDir: root, bundle: true, minify: true, platform: 'node', target: 'node20', logLevel: 'warning' }

/** Builds the command into a folder: `cli.cjs`, and the bundles that it starts, each an expression that gives a function of `require`. */
export function buildCommand(dist) {
  // There is a `require` where these run, and no `import`.
  const expression = { format: 'iife', supported: { 'dynamic-import': false }, banner: { js: '(function (require) {' }, footer: { js: '})' } }
  const { metafile } = buildSync({
    ...options, ...expression, entryPoints: ['cli/main.ts', 'cli/template-main.ts'], outdir: join(dist, 'cli'), entryNames: '[name]-[hash]', metafile: true,
  })
  const bundles = Object.entries(metafile.outputs).map(([path, { entryPoint }]) => [entryPoint, relative(dist, join(root, path))])
  buildSync({
    // Node starts it quicker than a module.
    ...options, format: 'cjs', entryPoints: ['cli/start.ts'], outfile: join(dist, 'cli.cjs'), banner: { js: '#!/usr/bin/env node' },
    define: { bundles: JSON.stringify(Object.fromEntries(bundles)) },
  })
}
