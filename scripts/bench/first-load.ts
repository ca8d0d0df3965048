import { spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'

const root = join(import.meta.dirname, '../..')

/** The JavaScript that the page asks for before it has loaded anything else, against an empty app of the same Next. */
export function firstLoad(): readonly string[] {
  const ours = weigh(join(root, 'out'))
  const empty = weigh(emptyApp())
  return [`first load: ${kilobytes(ours)} gzipped, an empty Next app ${kilobytes(empty)}: ${(ours / empty).toFixed(3)} times (bar: 1.25)`]
}

/** The gzipped bytes of the scripts that `index.html` names for modern browsers. */
function weigh(out: string): number {
  const html = readFileSync(join(out, 'index.html'), 'utf8')
  const tags = [...html.matchAll(/<script[^>]*\ssrc="([^"]+)"[^>]*>/g)].filter(([tag]) => !/nomodule/i.test(tag))
  const preloads = [...html.matchAll(/<link[^>]*rel="(?:modulepreload|preload)"[^>]*>/g)].flatMap(([tag]) => /as="script"/.test(tag) ? [/href="([^"]+)"/.exec(tag)?.[1] ?? ''] : [])
  const files = new Set([...tags.map(([, source]) => source as string), ...preloads])
  return [...files].reduce((sum, file) => sum + gzipSync(readFileSync(join(out, file)), { level: 9 }).length, 0)
}

function emptyApp(): string {
  const folder = join(root, '.tools', 'empty-app')
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(join(folder, 'app'), { recursive: true })
  const files = {
    'package.json': '{ "private": true, "type": "module" }',
    'next.config.js': `export default { output: 'export', turbopack: { root: ${JSON.stringify(root)} } }`,
    'app/layout.jsx': 'export default function Layout({ children }) { return <html lang="en"><body>{children}</body></html> }',
    'app/page.jsx': 'export default function Page() { return <p>Nothing</p> }',
  }
  for (const [path, text] of Object.entries(files)) writeFileSync(join(folder, path), text)
  const { status, stderr } = spawnSync(join(root, 'node_modules/.bin/next'), ['build'], { cwd: folder, encoding: 'utf8' })
  if (status !== 0) throw new Error(`the empty app does not build: ${stderr}`)
  return join(folder, 'out')
}

const kilobytes = (bytes: number): string => `${(bytes / 1024).toFixed(1)} kB`
