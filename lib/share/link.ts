import { deflateSync, Inflate, strFromU8, strToU8 } from 'fflate'
import { differences, type Config } from '../config/index.ts'
import { defaultsOf, defaultsVersion } from '../config/versions.ts'
import { fromBase64Url, toBase64Url } from './base64url.ts'
import { checksumOf } from './checksum.ts'
import { dictionary } from './dictionary.ts'
import { failure, layOver, type Outcome } from './outcome.ts'

/** Inflated links beyond this are no configuration. */
const largest = 1_000_000
/** Deflate turns one byte into at most 1,032, so slices of this size cannot overshoot by much. */
const slice = 256

/**
 * The fragment of a link, without `#`: `v<version of the defaults>.<payload>.<checksum>`. The
 * payload is what differs from the defaults, as deflated JSON; secrets have no value to leak.
 */
export function encodeLink(config: Config): string {
  const base = defaultsOf(defaultsVersion) as Config
  const changed = differences(config, base)
  const json = JSON.stringify(Object.fromEntries(changed.map((path) => [path, config[path]])))
  const payload = toBase64Url(deflateSync(strToU8(json), { level: 9, dictionary: strToU8(dictionary) }))
  return `v${defaultsVersion}.${payload}.${checksumOf(payload)}`
}

/** Reads a fragment (with or without `#`, or a whole link); see `Outcome` for what can go wrong. */
export function decodeLink(text: string): Outcome {
  const fragment = text.trim().replace(/^[^#]*#/, '')
  if (fragment === '') return { config: defaultsOf(defaultsVersion) as Config, notes: [] }
  const [, version, payload, checksum] = /^v([0-9]{1,6})\.([A-Za-z0-9_-]*)\.([A-Za-z0-9_-]*)$/.exec(fragment) ?? []
  if (payload === undefined) return failure(/^v[0-9]+\./.test(fragment) ? cutOff : 'This is no link of the configurator: what follows the # could not be read.')
  const base = defaultsOf(Number(version))
  if (base === undefined) return failure(`This link comes from a newer version of the configurator (defaults ${version}); this one knows up to ${defaultsVersion}.`)
  if (checksumOf(payload) !== checksum) return failure(cutOff)
  try {
    const values: unknown = JSON.parse(inflate(fromBase64Url(payload)))
    if (typeof values !== 'object' || values === null || Array.isArray(values)) return failure(damaged)
    return layOver(base, Object.entries(values))
  } catch (error) {
    return failure(error instanceof TooLarge ? 'This link unpacks to more than any configuration; it was not opened.' : damaged)
  }
}

const cutOff = 'This link is cut off or altered: its end does not match the rest. Ask for it again, or for deploy.config.yaml.'
const damaged = 'This link is damaged: it holds no configuration.'

class TooLarge extends Error {}

function inflate(bytes: Uint8Array): string {
  const chunks: Uint8Array[] = []
  let size = 0
  const stream = new Inflate({ dictionary: strToU8(dictionary) }, (chunk) => {
    size += chunk.length
    if (size > largest) throw new TooLarge()
    chunks.push(chunk.slice())
  })
  for (let at = 0; at < bytes.length; at += slice) stream.push(bytes.subarray(at, at + slice), at + slice >= bytes.length)
  const all = new Uint8Array(size)
  let at = 0
  for (const chunk of chunks) {
    all.set(chunk, at)
    at += chunk.length
  }
  return strFromU8(all)
}

