import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, request as plainRequest, type IncomingHttpHeaders, type Server } from 'node:http'
import { request as tlsRequest } from 'node:https'
import { createServer as createSocket, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { connect, type ConnectionOptions } from 'node:tls'

/** What the application behind a proxy saw of a request. */
export interface Seen {
  readonly method: string
  readonly path: string
  readonly headers: IncomingHttpHeaders
  readonly bytes: number
}

/** What a client got; `raw` has every header as it came. */
export interface Answer {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly raw: readonly string[]
  readonly body: string
}

/** A free port of 127.0.0.1. */
export const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const server = createSocket().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo
      server.close(() => resolve(port))
    })
  })

/** A stand-in for the application: answers at once, after `?wait=` milliseconds, or as a WebSocket that echoes; `/ready` only to a trusted Host. */
export async function upstream(): Promise<{ readonly port: number; readonly seen: Seen[]; stop(): void }> {
  const seen: Seen[] = []
  const server: Server = createServer((incoming, response) => {
    let bytes = 0
    incoming.on('data', (piece: Buffer) => (bytes += piece.length))
    incoming.on('error', () => {})
    incoming.on('end', () => {
      const { method = '', url = '', headers } = incoming
      seen.push({ method, path: url, headers, bytes })
      const status = url === '/ready' && headers.host !== 'localhost' && headers.host !== 'a.test' ? 400 : 200
      setTimeout(
        () => {
          response.writeHead(status, { 'Content-Type': 'text/plain', 'Strict-Transport-Security': 'max-age=31536000; includeSubDomains' })
          response.end('answer '.repeat(500))
        },
        Number(/wait=(\d+)/.exec(url)?.[1] ?? 0),
      )
    })
  })
  server.keepAliveTimeout = 75_000
  server.on('upgrade', (incoming, socket) => {
    const accept = createHash('sha1').update(`${incoming.headers['sec-websocket-key']}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`).digest('base64')
    socket.write(`HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accept}\r\n\r\n`)
    socket.on('data', (piece: Buffer) => socket.write(piece))
    socket.on('error', () => {})
  })
  const port = await freePort()
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  return {
    port,
    seen,
    stop: () => {
      server.close()
      server.closeAllConnections()
    },
  }
}

/** A folder with a certificate for a.test and b.test that signs itself; made by OpenSSL, used for nothing else. */
export function certificateFolder(openssl: string): { readonly folder: string; readonly certificate: string; readonly key: string; remove(): void } {
  const folder = mkdtempSync(join(tmpdir(), 'chassis-proxy-'))
  const [certificate, key] = [join(folder, 'certificate.pem'), join(folder, 'key.pem')]
  const made = spawnSync(openssl, ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2', '-subj', '/CN=a.test', '-addext', 'subjectAltName=DNS:a.test,DNS:b.test', '-keyout', key, '-out', certificate], { encoding: 'utf8' })
  if (made.status !== 0) throw new Error(made.stderr)
  return { folder, certificate, key, remove: () => rmSync(folder, { recursive: true, force: true }) }
}

/** A proxy that runs with a file in a folder of its own, until it is stopped. */
export interface Running {
  readonly http: number
  readonly https: number
  /** Everything that it has written so far. */
  log(): string
  stop(): Promise<void>
}

/** Starts a program and waits until its ports answer. */
export async function started(program: string, args: readonly string[], folder: string, ports: { readonly http: number; readonly https: number }, logs: readonly string[] = []): Promise<Running> {
  mkdirSync(folder, { recursive: true })
  let output = ''
  const child: ChildProcess = spawn(program, args, { cwd: folder, env: { PATH: process.env.PATH, HOME: folder, XDG_DATA_HOME: folder, XDG_CONFIG_HOME: folder } as unknown as NodeJS.ProcessEnv })
  child.stdout?.on('data', (piece: Buffer) => (output += piece.toString()))
  child.stderr?.on('data', (piece: Buffer) => (output += piece.toString()))
  const ended = new Promise<void>((resolve) => child.on('exit', () => resolve()))
  for (let tries = 0; ; tries++) {
    if ((await answers(ports.http)) && (await answers(ports.https))) break
    if (child.exitCode !== null || tries > 100) throw new Error(`${program} does not run:\n${output}`)
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  return {
    ...ports,
    log: () => output + logs.map((file) => readFileSync(file, 'utf8')).join(''),
    stop: async () => {
      child.kill('SIGTERM')
      await ended
    },
  }
}

const answers = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const ask = plainRequest({ host: '127.0.0.1', port, path: '/', timeout: 500 }, (response) => {
      response.resume()
      resolve(true)
    })
    ask.on('error', (error: NodeJS.ErrnoException) => resolve(error.code !== 'ECONNREFUSED'))
    ask.end()
  })

/** How a request is sent: by TLS unless `plain`; `name` is what TLS asks for, `host` the header. */
export interface Question {
  readonly path?: string
  readonly host?: string
  readonly name?: string
  readonly method?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: Buffer
  readonly chunked?: boolean
  readonly plain?: boolean
  readonly tls?: ConnectionOptions
}

/** The answer; undefined where the connection ended without one. */
export const ask = (proxy: { readonly http: number; readonly https: number }, question: Question = {}): Promise<Answer | undefined> =>
  new Promise((resolve) => {
    const { path = '/', host = 'a.test', name = host, method = 'GET', headers = {}, body, chunked, plain, tls } = question
    const options = {
      host: '127.0.0.1',
      port: plain ? proxy.http : proxy.https,
      path,
      method,
      agent: false as const,
      timeout: 10_000,
      headers: { Host: host, ...headers, ...(body && !chunked ? { 'Content-Length': String(body.length) } : {}) },
      ...(plain ? {} : { servername: name, rejectUnauthorized: false, ...tls }),
    }
    const outgoing = (plain ? plainRequest : tlsRequest)(options, (response) => {
      let text = ''
      response.on('data', (piece: Buffer) => (text += piece.toString()))
      response.on('error', () => resolve(undefined))
      response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, raw: response.rawHeaders, body: text }))
    })
    outgoing.on('error', () => resolve(undefined))
    outgoing.on('timeout', () => outgoing.destroy())
    if (body) outgoing.write(body)
    outgoing.end()
  })

/** What a WebSocket says to a greeting; undefined where the upgrade is refused. */
export const greet = (proxy: { readonly https: number }, greeting: string): Promise<string | undefined> =>
  new Promise((resolve) => {
    let text = ''
    const socket = connect({ host: '127.0.0.1', port: proxy.https, servername: 'a.test', rejectUnauthorized: false, timeout: 5000 }, () =>
      socket.write('GET /ws HTTP/1.1\r\nHost: a.test\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n'),
    )
    socket.on('data', (piece: Buffer) => {
      const before = text
      text += piece.toString()
      if (!text.startsWith('HTTP/1.1 101')) return socket.destroy()
      if (!before.includes('\r\n\r\n') && text.includes('\r\n\r\n')) socket.write(greeting)
      if (text.endsWith(`\r\n\r\n${greeting}`)) {
        resolve(greeting)
        socket.destroy()
      }
    })
    for (const end of ['error', 'close', 'timeout'] as const) socket.on(end, () => resolve(undefined))
  })

/** Writes a file below a folder and gives its path. */
export function written(folder: string, name: string, text: string): string {
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, name), text)
  return join(folder, name)
}
