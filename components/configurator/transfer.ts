import type { Config } from '../../lib/config/index.ts'
import type { Engine } from '../engine/client.ts'
import type { Reading } from '../engine/protocol.ts'
import type { AskEngine } from '../engine/use-engine.ts'
import { save } from '../ui/save.ts'
import type { Notice } from './notice.tsx'

/** Larger files are no configuration and no bundle. */
const largestFile = 20_000_000

/** Puts the link into the address and the clipboard; says what came of it. */
export async function shareLink(engine: AskEngine, config: Config): Promise<string> {
  try {
    const link = await (await engine()).link(config)
    history.replaceState(history.state, '', `#${link}`)
    await navigator.clipboard.writeText(location.href)
    return 'Link copied'
  } catch {
    return 'Link is in the address bar'
  }
}

/** Saves the bundle; says what came of it. */
export async function saveBundle(engine: AskEngine, config: Config): Promise<Notice> {
  try {
    const { name, bytes } = await (await engine()).zip(config)
    save(name, 'application/zip', bytes)
    return {
      kind: 'news',
      title: `${name} is saved.`,
      lines: [
        'Unzip it into your repository and follow its README.md; deploy.config.yaml inside brings you back here.',
      ],
    }
  } catch (error) {
    return { kind: 'problem', title: 'The bundle could not be made.', lines: [messageOf(error)] }
  }
}

/** Reads a file or text from outside; `failed` says why it could not be read. */
export async function readOutside(
  engine: AskEngine,
  source: File | string,
): Promise<Reading | { readonly failed: string }> {
  try {
    if (typeof source === 'string') return await (await engine()).read(source)
    if (source.size > largestFile) return { failed: `${source.name} is larger than any bundle.` }
    return await opened(await engine(), source)
  } catch (error) {
    return { failed: messageOf(error) }
  }
}

const opened = async (engine: Engine, file: File): Promise<Reading> =>
  engine.open(file.name, new Uint8Array(await file.arrayBuffer()))

const messageOf = (error: unknown): string =>
  error instanceof Error ? error.message : String(error)
