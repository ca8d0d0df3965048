/**
 * After the build: hashes the inline scripts of every page and writes the headers that the
 * export is to be served with, for our own server and for common hosts.
 */
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const out = process.argv[2] ?? 'out'

const pages = (readdirSync(out, { recursive: true }) as string[])
  .filter((file) => file.endsWith('.html'))
  .sort()

/** Scripts that stand in the page itself; attributes may hold `>` in quotes. */
const inlineScript = /<script((?:[^>"']|"[^"]*"|'[^']*')*)>([\s\S]*?)<\/script>/g

const hashes = new Set<string>()
for (const page of pages) {
  const html = readFileSync(join(out, page), 'utf8')
  for (const [, attributes = '', text = ''] of html.matchAll(inlineScript))
    if (!/\ssrc=/.test(attributes))
      hashes.add(`'sha256-${createHash('sha256').update(text).digest('base64')}'`)
  const styled = /<style[\s>]|<[^>]+\sstyle=/.exec(html.replace(inlineScript, ''))
  if (styled) throw new Error(`${page} has inline style, which the policy forbids: ${styled[0]}`)
}

const policy = [
  `default-src 'none'`,
  `script-src 'self' ${[...hashes].sort().join(' ')}`,
  `style-src 'self'`,
  `img-src 'self' data: blob:`,
  `font-src 'self'`,
  `connect-src 'self'`,
  `worker-src 'self'`,
  `manifest-src 'self'`,
  `base-uri 'none'`,
  `form-action 'none'`,
  `frame-ancestors 'none'`,
].join('; ')

const headers: Readonly<Record<string, string>> = {
  'Content-Security-Policy': policy,
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Permissions-Policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
}
/** File names below hold a hash of what they contain. */
const hashed = '/_next/static/'
const forever = 'public, max-age=31536000, immutable'

const lines = Object.entries(headers)
writeFileSync(
  join(out, 'headers.json'),
  `${JSON.stringify({ headers, hashed, forever }, null, 2)}\n`,
)
writeFileSync(
  join(out, '_headers'),
  `/*\n${lines.map(([name, value]) => `  ${name}: ${value}\n`).join('')}\n${hashed}*\n  Cache-Control: ${forever}\n`,
)
const inNginx = (indent: string): string =>
  lines.map(([name, value]) => `${indent}add_header ${name} "${value}" always;\n`).join('')
writeFileSync(
  join(out, 'headers.nginx.conf'),
  `# Include inside the server block that serves this folder.\n${inNginx('')}\nlocation ${hashed} {\n${inNginx('  ')}  add_header Cache-Control "${forever}";\n}\n`,
)
console.log(`${pages.length} pages, ${hashes.size} inline scripts hashed`)
