/** The bytes of an IP address: 4, or 16 for one of version 6; nothing for a text that is none (Go, net, ParseIP). */
export function addressBytes(text: string): Uint8Array | undefined {
  const plain = v4(text)
  if (plain) return plain
  const bytes = v6(text)
  const isMapped = bytes?.subarray(0, 12).join() === '0,0,0,0,0,0,0,0,0,0,255,255'
  return isMapped ? bytes?.subarray(12) : bytes
}

function v4(text: string): Uint8Array | undefined {
  const parts = text.split('.')
  const isAddress = parts.length === 4 && parts.every((part) => /^(?:0|[1-9]\d{0,2})$/.test(part) && Number(part) < 256)
  return isAddress ? Uint8Array.from(parts, Number) : undefined
}

function v6(text: string): Uint8Array | undefined {
  const plain = text.replace(/(?<=:)[^:]*\.[^:]*$/, (end) => {
    const [a, b, c, d] = v4(end) ?? []
    return a === undefined ? end : [a * 256 + b!, c! * 256 + d!].map((group) => group.toString(16)).join(':')
  })
  const sides = plain.split('::').map((side) => (side === '' ? [] : side.split(':')))
  const groups = sides.flat()
  const fits = sides.length === 1 ? groups.length === 8 : sides.length === 2 && groups.length < 8
  if (!fits || !groups.every((group) => /^[\da-fA-F]{1,4}$/.test(group))) return undefined
  const [head = [], tail = []] = sides
  const all = [...head, ...Array<string>(8 - groups.length).fill('0'), ...tail].map((group) => parseInt(group, 16))
  return Uint8Array.from(all.flatMap((group) => [group >> 8, group & 0xff]))
}
