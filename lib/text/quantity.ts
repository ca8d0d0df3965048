/** Amounts as Kubernetes, Docker and Prometheus write them. */

const binary = 1024
const suffixes: Readonly<Record<string, number>> = {
  m: 1e-3,
  '': 1,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  P: 1e15,
  E: 1e18,
  Ki: binary,
  Mi: binary ** 2,
  Gi: binary ** 3,
  Ti: binary ** 4,
  Pi: binary ** 5,
  Ei: binary ** 6,
}

const suffixed = /^([0-9]+(?:\.[0-9]+)?)([A-Za-z]*)$/

/** What a Kubernetes quantity amounts to, in cores or bytes; undefined where it is none. */
export function quantityOf(text: string): number | undefined {
  const [, digits, suffix] = suffixed.exec(text) ?? []
  const unit = suffix === undefined ? undefined : suffixes[suffix]
  return unit === undefined ? undefined : Number(digits) * unit
}

const dockerUnits: Readonly<Record<string, number>> = { k: binary, m: binary ** 2, g: binary ** 3 }

/** The bytes of a Docker size such as `512m`. */
export function dockerBytes(text: string): number | undefined {
  const [, digits, suffix] = suffixed.exec(text) ?? []
  const unit = dockerUnits[suffix ?? '']
  return unit === undefined ? undefined : Number(digits) * unit
}

const durationUnits: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 }

/** The milliseconds of a duration such as `30s`. */
export function milliseconds(text: string): number | undefined {
  const [, digits, suffix] = suffixed.exec(text) ?? []
  const unit = durationUnits[suffix ?? '']
  return unit === undefined ? undefined : Number(digits) * unit
}

/** Bytes in words: `512 MiB`, `1.5 GiB`. */
export function bytesInWords(bytes: number): string {
  const [amount, unit] =
    bytes >= binary ** 3 ? [bytes / binary ** 3, 'GiB'] : [bytes / binary ** 2, 'MiB']
  return `${Math.round(amount * 10) / 10} ${unit}`
}
