import type { Config } from '../../lib/config/index.ts'
import { fileInZip } from '../../lib/files/unzip.ts'
import { zipOf } from '../../lib/files/zip.ts'
import { prepare, render, sealedSecretYaml } from '../../lib/render.ts'
import { decodeLink, encodeLink, readConfigFile } from '../../lib/share/index.ts'
import type { Answer, Archive, Question, Reading } from './protocol.ts'
import { Session } from './session.ts'
import { why } from './why.ts'

/** The file of a bundle that holds its configuration. */
const configFile = 'deploy.config.yaml'

const session = new Session()

addEventListener('message', ({ data }: MessageEvent<Question>) => {
  answer(data).then(
    (value) => post({ id: data.id, value }),
    (error: unknown) =>
      post({ id: data.id, failed: error instanceof Error ? error.message : String(error) }),
  )
})

const post = (message: Answer): void => postMessage(message)

async function answer(question: Question) {
  switch (question.ask) {
    case 'render':
      await prepare(question.patch)
      return session.render(question.patch, question.step)
    case 'link':
      return encodeLink(question.config)
    case 'zip':
      return archiveOf(question.config)
    case 'decode':
      return decodeLink(question.text)
    case 'read':
      return readText(question.text)
    case 'open':
      return openFile(question.name, question.bytes)
    case 'why':
      await prepare(question.config)
      return why(question.config, question.path, question.line, question.at)
    case 'seal':
      return sealedSecretYaml(
        question.config,
        question.config['secrets.sealedScope'],
        question.sealed,
      )
  }
}

async function archiveOf(config: Config): Promise<Archive> {
  const name =
    config['release.name'].replace(/[^A-Za-z0-9-]+/g, '-').replace(/^-+|-+$/g, '') || 'chassis'
  await prepare(config)
  const bytes = await zipOf(name, render(config).files)
  return { name: `${name}-deploy.zip`, bytes: bytes as Uint8Array<ArrayBuffer> }
}

/** A pasted link, or the text of a configuration file. */
function readText(text: string): Reading {
  const link = /^\s*(?:https?:\/\/\S*)?#(\S+)\s*$/.exec(text)
  return link ? decodeLink(link[1] as string) : readConfigFile(text)
}

async function openFile(name: string, bytes: Uint8Array): Promise<Reading> {
  const isZip = bytes[0] === 0x50 && bytes[1] === 0x4b
  if (!isZip) return readText(new TextDecoder().decode(bytes))
  const text = await fileInZip(bytes, configFile)
  if (text === undefined)
    throw new Error(`${name} holds no ${configFile}; only bundles made here do.`)
  return readConfigFile(text)
}
