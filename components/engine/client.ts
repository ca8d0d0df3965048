import { defaults, differences, type Config } from '../../lib/config/index.ts'
import type { SealedValues } from '../../lib/render.ts'
import type { Answer, Archive, Question, Reading, Explained, Rendered } from './protocol.ts'

type Without<T, K extends string> = T extends unknown ? Omit<T, K> : never

interface Waiting {
  readonly resolve: (value: never) => void
  readonly reject: (error: Error) => void
}

/** The page's end of the worker. One rendering is under way at a time, and only the newest wish waits. */
export class Engine {
  private readonly worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' })
  private readonly waiting = new Map<number, Waiting>()
  private lastId = 0
  private busy = false
  private rendered: Config = defaults
  private wish: (() => void) | undefined

  constructor(
    private readonly onRendered: (rendered: Rendered) => void,
    private readonly onFailed: (problem: string) => void,
  ) {
    this.worker.addEventListener('message', ({ data }: MessageEvent<Answer>) => {
      const waiting = this.waiting.get(data.id)
      this.waiting.delete(data.id)
      if ('failed' in data) waiting?.reject(new Error(data.failed))
      else waiting?.resolve(data.value as never)
    })
    this.worker.addEventListener('error', () => {
      for (const { reject } of this.waiting.values()) reject(new Error('it could not be loaded'))
      this.waiting.clear()
      onFailed(
        'The part of this page that makes the files could not be loaded. Reload the page to try again.',
      )
    })
  }

  /** Asks for a rendering; wishes that a newer one overtakes are dropped. */
  render(config: Config, step: number): void {
    this.wish = () => {
      this.busy = true
      const paths = differences(this.rendered, config)
      const patch = Object.fromEntries(paths.map((path) => [path, config[path]]))
      this.rendered = config
      this.ask<Rendered>({ ask: 'render', patch, step })
        .then(this.onRendered, (error: Error) =>
          this.onFailed(`The files could not be made: ${error.message}`),
        )
        .finally(() => {
          this.busy = false
          this.grant()
        })
    }
    this.grant()
  }

  link = (config: Config): Promise<string> => this.ask({ ask: 'link', config })
  zip = (config: Config): Promise<Archive> => this.ask({ ask: 'zip', config })
  decode = (text: string): Promise<Reading> => this.ask({ ask: 'decode', text })
  read = (text: string): Promise<Reading> => this.ask({ ask: 'read', text })
  open = (name: string, bytes: Uint8Array): Promise<Reading> =>
    this.ask({ ask: 'open', name, bytes })
  why = (config: Config, path: string, line: string, at: number): Promise<Explained> =>
    this.ask({ ask: 'why', config, path, line, at })

  /** The file that holds sealed values. */
  sealedFile = (config: Config, sealed: SealedValues): Promise<string> =>
    this.ask({ ask: 'seal', config, sealed })

  close(): void {
    this.worker.terminate()
  }

  private grant(): void {
    if (this.busy || this.wish === undefined) return
    const wish = this.wish
    this.wish = undefined
    wish()
  }

  private ask<T>(question: Without<Question, 'id'>): Promise<T> {
    const id = ++this.lastId
    return new Promise<T>((resolve, reject) => {
      this.waiting.set(id, { resolve, reject })
      this.worker.postMessage({ ...question, id })
    })
  }
}
