/** IP addresses and networks, read as Python's `ipaddress` reads them: the application compares with that. */

export interface Network {
  readonly family: 4 | 6
  readonly bits: bigint
  readonly prefix: number
  /** Whether it was written with a prefix length. */
  readonly written: boolean
}

/** The address or network that a text names; undefined where it names none. */
export function networkOf(text: string): Network | undefined {
  const [address = '', length, ...more] = text.split('/')
  if (more.length > 0) return undefined
  const family = address.includes(':') ? 6 : 4
  const bits = family === 6 ? bitsOfSix(address) : bitsOfFour(address)
  const prefix = length === undefined ? widthOf(family) : prefixOf(length, family)
  return bits === undefined || prefix === undefined
    ? undefined
    : { family, bits, prefix, written: length !== undefined }
}

/** Whether an address has bits set to the right of its prefix: `10.1.2.3/8` names no network. */
export const hasHostBits = (network: Network): boolean => network.bits !== masked(network)

/** The network that an address with host bits lies in, as text. */
export const strictText = (network: Network): string =>
  `${network.family === 4 ? textOfFour(masked(network)) : textOfSix(masked(network))}/${network.prefix}`

/** Whether all of `inner` lies in `outer`. */
export const contains = (outer: Network, inner: Network): boolean =>
  outer.family === inner.family &&
  outer.prefix <= inner.prefix &&
  masked(outer) === masked({ ...inner, prefix: outer.prefix })

/** Whether two networks share an address. */
export const overlaps = (left: Network, right: Network): boolean =>
  contains(left, right) || contains(right, left)

const widthOf = (family: 4 | 6): number => (family === 4 ? 32 : 128)

function masked({ bits, prefix, family }: Network): bigint {
  const rest = BigInt(widthOf(family) - prefix)
  return (bits >> rest) << rest
}

const prefixOf = (text: string, family: 4 | 6): number | undefined =>
  /^[0-9]{1,3}$/.test(text) && Number(text) <= widthOf(family) ? Number(text) : undefined

function bitsOfFour(text: string): bigint | undefined {
  const parts = text.split('.')
  const good =
    parts.length === 4 &&
    parts.every((part) => /^(0|[1-9][0-9]{0,2})$/.test(part) && Number(part) <= 255)
  return good ? parts.reduce((bits, part) => (bits << 8n) | BigInt(part), 0n) : undefined
}

function bitsOfSix(text: string): bigint | undefined {
  const halves = text.split('::')
  if (halves.length > 2) return undefined
  const [head, tail] = halves.map(groupsOf)
  if (!head || (halves.length === 2 && !tail)) return undefined
  const missing = 8 - head.length - (tail?.length ?? 0)
  if (tail ? missing < 1 : missing !== 0) return undefined
  const groups = [...head, ...Array<number>(missing).fill(0), ...(tail ?? [])]
  return groups.reduce((bits, group) => (bits << 16n) | BigInt(group), 0n)
}

/** The 16-bit groups of one side of `::`; an IPv4 address may stand at the end. */
function groupsOf(text: string): readonly number[] | undefined {
  if (text === '') return []
  const groups = text.split(':').flatMap((part) => {
    const four = part.includes('.') ? bitsOfFour(part) : undefined
    if (four !== undefined) return [Number(four >> 16n), Number(four & 0xffffn)]
    return /^[0-9A-Fa-f]{1,4}$/.test(part) ? Number.parseInt(part, 16) : Number.NaN
  })
  return groups.some(Number.isNaN) ? undefined : groups
}

const textOfFour = (bits: bigint): string =>
  [24n, 16n, 8n, 0n].map((shift) => String((bits >> shift) & 255n)).join('.')

function textOfSix(bits: bigint): string {
  const groups = Array.from({ length: 8 }, (_, at) =>
    ((bits >> BigInt(112 - 16 * at)) & 0xffffn).toString(16),
  ).join(':')
  const longest = [...groups.matchAll(/(?:^|:)0(?::0)+(?=:|$)/g)]
    .map(([run]) => run)
    .reduce((best, run) => (run.length > best.length ? run : best), '')
  return longest
    ? groups
        .replace(longest, longest.startsWith(':') || longest.length === groups.length ? '::' : ':')
        .replace(':::', '::')
    : groups
}

/** The private networks of RFC 1918. */
export const privateNetworks: readonly string[] = ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16']

const parsedPrivate = privateNetworks.flatMap((text) => networkOf(text) ?? [])

export const isPrivate = (network: Network): boolean =>
  parsedPrivate.some((outer) => contains(outer, network))

const loopbacks = ['127.0.0.0/8', '::1'].flatMap((text) => networkOf(text) ?? [])

/** Whether a text is an address of the machine itself. */
export function isLoopback(text: string): boolean {
  const network = networkOf(text.replace(/^\[|\]$/g, ''))
  return network
    ? loopbacks.some((outer) => contains(outer, network))
    : text.toLowerCase() === 'localhost'
}
