/** Serves the export on loopback with the headers that `csp.ts` wrote: `tsx scripts/serve.ts [folder]`, PORT=3000. */
import { createReadStream, existsSync, readFileSync, statSync } from 'node:fs'
import { createServer, type ServerResponse } from 'node:http'
import { extname, join, normalize, resolve, sep } from 'node:path'

const root = resolve(process.argv[2] ?? 'out')
const port = Number(process.env.PORT ?? 3000)

if (!existsSync(join(root, 'headers.json'))) {
  console.error(`${root} holds no headers.json: build first, then run scripts/csp.ts.`)
  process.exit(1)
}
const { headers, hashed, forever } = JSON.parse(
  readFileSync(join(root, 'headers.json'), 'utf8'),
) as {
  headers: Record<string, string>
  hashed: string
  forever: string
}

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.txt': 'text/plain; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.ico': 'image/x-icon',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
}

/** The file for an address; undefined where there is none, or where it would lie outside of the folder. */
function fileFor(url: string): string | undefined {
  let path: string
  try {
    path = decodeURIComponent(new URL(url, 'http://localhost').pathname)
  } catch {
    return undefined
  }
  if (path.includes('\0')) return undefined
  const file = normalize(join(root, path.endsWith('/') ? `${path}index.html` : path))
  if (!file.startsWith(root + sep)) return undefined
  const found = statSync(file, { throwIfNoEntry: false })
  return found?.isFile() ? file : undefined
}

function send(
  response: ServerResponse,
  status: number,
  file: string,
  url: string,
  withBody: boolean,
): void {
  response.writeHead(status, {
    ...headers,
    'Content-Type': types[extname(file)] ?? 'application/octet-stream',
    'Content-Length': statSync(file).size,
    'Cache-Control': status === 200 && url.startsWith(hashed) ? forever : 'no-cache',
  })
  if (!withBody) return void response.end()
  createReadStream(file)
    .on('error', () => response.destroy())
    .pipe(response)
}

const server = createServer((request, response) => {
  const { method = 'GET', url = '/' } = request
  if (method !== 'GET' && method !== 'HEAD')
    return void response.writeHead(405, { ...headers, Allow: 'GET, HEAD' }).end()
  const file = fileFor(url)
  if (file) return send(response, 200, file, url, method === 'GET')
  send(response, 404, join(root, '404.html'), url, method === 'GET')
})

server.on('error', (error) => {
  console.error(error.message)
  process.exit(1)
})
server.listen(port, '127.0.0.1', () => console.log(`http://127.0.0.1:${port}/`))
