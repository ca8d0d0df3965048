import { useCallback, useState, type RefObject } from 'react'
import type { Config } from '../../lib/config/index.ts'
import type { Engine } from '../engine/client.ts'
import type { Reading } from '../engine/protocol.ts'
import type { AskEngine } from '../engine/use-engine.ts'
import type { Notice } from './notice.tsx'

/** Larger files are no configuration and no bundle. */
const largestFile = 20_000_000

export interface Transfer {
  /** What the share button says for a moment. */
  readonly shared: string | undefined
  share(): Promise<void>
  download(): Promise<void>
  /** Resolves to what is wrong with the file, if anything. */
  openFile(file: File): Promise<string | undefined>
  openText(text: string): Promise<string | undefined>
}

/** The ways out and in: link, bundle, file. */
export function useTransfer(
  engine: AskEngine,
  config: RefObject<Config>,
  onTaken: (reading: Reading, source: string) => void,
  onNotice: (notice: Notice) => void,
): Transfer {
  const [shared, setShared] = useState<string>()

  const share = useCallback(async () => {
    try {
      const link = await (await engine()).link(config.current)
      history.replaceState(history.state, '', `#${link}`)
      await navigator.clipboard.writeText(location.href)
      setShared('Link copied')
    } catch {
      setShared('Link is in the address bar')
    }
    setTimeout(() => setShared(undefined), 2500)
  }, [engine, config])

  const download = useCallback(async () => {
    try {
      const { name, bytes } = await (await engine()).zip(config.current)
      save(name, bytes)
      onNotice({
        kind: 'news',
        title: `${name} is saved.`,
        lines: [
          'Unzip it into your repository and follow its README.md; deploy.config.yaml inside brings you back here.',
        ],
      })
    } catch (error) {
      onNotice({
        kind: 'problem',
        title: 'The bundle could not be made.',
        lines: [messageOf(error)],
      })
    }
  }, [engine, config, onNotice])

  const take = useCallback(
    async (
      source: string,
      reading: (ready: Engine) => Promise<Reading>,
    ): Promise<string | undefined> => {
      try {
        const found = await reading(await engine())
        if (found.failed !== undefined) return found.failed
        onTaken(found, source)
        return undefined
      } catch (error) {
        return messageOf(error)
      }
    },
    [engine, onTaken],
  )
  const openText = useCallback(
    (text: string) => take('the pasted text', (ready) => ready.read(text)),
    [take],
  )
  const openFile = useCallback(
    async (file: File) => {
      if (file.size > largestFile) return `${file.name} is larger than any bundle.`
      const bytes = new Uint8Array(await file.arrayBuffer())
      return take(file.name, (ready) => ready.open(file.name, bytes))
    },
    [take],
  )
  return { shared, share, download, openFile, openText }
}

const messageOf = (error: unknown): string =>
  error instanceof Error ? error.message : String(error)

function save(name: string, bytes: Uint8Array<ArrayBuffer>): void {
  const url = URL.createObjectURL(new Blob([bytes], { type: 'application/zip' }))
  const anchor = document.createElement('a')
  anchor.href = url
  anchor.download = name
  anchor.click()
  setTimeout(() => URL.revokeObjectURL(url), 10_000)
}
