import { useCallback, useState, type RefObject } from 'react'
import type { Config } from '../../lib/config/index.ts'
import type { Reading } from '../engine/protocol.ts'
import type { AskEngine } from '../engine/use-engine.ts'
import type { Notice } from './notice.tsx'

export interface Transfer {
  /** What the share button says for a moment. */
  readonly shared: string | undefined
  share(): Promise<void>
  download(): Promise<void>
  /** Takes a file or text from outside; resolves to what is wrong with it, if anything. */
  open(source: File | string): Promise<string | undefined>
}

const loaded = () => import('./transfer.ts')

/** The ways out and in: link, bundle, file. */
export function useTransfer(
  engine: AskEngine,
  config: RefObject<Config>,
  onTaken: (reading: Reading, source: string) => void,
  onNotice: (notice: Notice) => void,
): Transfer {
  const [shared, setShared] = useState<string>()

  const share = useCallback(async () => {
    setShared(await (await loaded()).shareLink(engine, config.current))
    setTimeout(() => setShared(undefined), 2500)
  }, [engine, config])

  const download = useCallback(
    async () => onNotice(await (await loaded()).saveBundle(engine, config.current)),
    [engine, config, onNotice],
  )
  const open = useCallback(
    async (source: File | string) => {
      const found = await (await loaded()).readOutside(engine, source)
      if (found.failed !== undefined) return found.failed
      onTaken(found as Reading, typeof source === 'string' ? 'the pasted text' : source.name)
      return undefined
    },
    [engine, onTaken],
  )
  return { shared, share, download, open }
}
