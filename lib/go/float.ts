/** A positive number as decimal digits: 0.d₁d₂… × 10^point. */
interface Decimal {
  readonly digits: string
  readonly point: number
}

/** The fewest digits that read back as the same number. */
function shortest(value: number): Decimal {
  if (value === 0) return { digits: '', point: 0 }
  const [mantissa, exponent] = value.toExponential().split('e')
  return { digits: mantissa!.replace('.', ''), point: Number(exponent) + 1 }
}

const view = new DataView(new ArrayBuffer(8))

/** Integer mantissa and power of two of a finite number. */
function binaryParts(value: number): { mantissa: bigint; exponent: number } {
  view.setFloat64(0, Math.abs(value))
  const bits = view.getBigUint64(0)
  const exponent = Number(bits >> 52n)
  const fraction = bits & 0xfffffffffffffn
  return exponent === 0
    ? { mantissa: fraction, exponent: -1074 }
    : { mantissa: fraction | 0x10000000000000n, exponent: exponent - 1075 }
}

/** All digits of the number, which has finitely many. */
function exact(value: number): Decimal {
  const { mantissa, exponent } = binaryParts(value)
  if (mantissa === 0n) return { digits: '', point: 0 }
  const scaled = exponent >= 0 ? mantissa << BigInt(exponent) : mantissa * 5n ** BigInt(-exponent)
  const text = scaled.toString()
  return { digits: text.replace(/0+$/, ''), point: text.length + Math.min(exponent, 0) }
}

/** The decimal cut to `count` digits, half to even. */
function rounded({ digits, point }: Decimal, count: number): Decimal {
  if (count >= digits.length) return { digits, point }
  if (count < 0) return { digits: '', point: 0 }
  const rest = digits.slice(count)
  const half = '5'.padEnd(rest.length, '0')
  const odd = count > 0 && Number(digits[count - 1]) % 2 === 1
  const kept = digits.slice(0, count)
  if (rest < half || (rest === half && !odd)) return trimmed(kept, point)
  const raised = String(BigInt(kept || '0') + 1n).padStart(count, '0')
  return trimmed(raised, raised.length > count ? point + 1 : point)
}

const trimmed = (digits: string, point: number): Decimal => {
  const short = digits.replace(/0+$/, '')
  return { digits: short, point: short ? point : 0 }
}

function plain({ digits, point }: Decimal, precision: number): string {
  const whole = point > 0 ? digits.slice(0, point).padEnd(point, '0') : '0'
  if (precision <= 0) return whole
  const fraction = point > 0 ? digits.slice(point) : '0'.repeat(-point) + digits
  return `${whole}.${fraction.slice(0, precision).padEnd(precision, '0')}`
}

function scientific({ digits, point }: Decimal, precision: number, letter: string): string {
  const exponent = digits ? point - 1 : 0
  const fraction = precision > 0 ? `.${digits.slice(1).padEnd(precision, '0').slice(0, precision)}` : ''
  return `${digits[0] ?? '0'}${fraction}${letter}${exponent < 0 ? '-' : '+'}${String(Math.abs(exponent)).padStart(2, '0')}`
}

function general(value: number, precision: number, letter: string): string {
  const decimal = precision < 0 ? shortest(value) : rounded(exact(value), precision || 1)
  const length = decimal.digits.length
  let limit = precision < 0 ? 6 : precision || 1
  if (precision >= 0 && limit > length && length >= decimal.point) limit = length
  const exponent = decimal.point - 1
  if (value !== 0 && (exponent < -4 || exponent >= Math.max(limit, 0)))
    return scientific(decimal, length - 1, letter)
  return plain(decimal, Math.max(length - decimal.point, 0))
}

function hexadecimal(value: number, precision: number, letter: string): string {
  const upper = letter === 'X'
  if (value === 0) return `0x0${precision > 0 ? `.${'0'.repeat(precision)}` : ''}p+00`.replace(/[xp]/g, at => (upper ? at.toUpperCase() : at))
  let { mantissa, exponent } = binaryParts(value)
  exponent += 52
  while (mantissa < 1n << 52n) {
    mantissa <<= 1n
    exponent--
  }
  if (precision >= 0 && precision < 13) {
    const drop = BigInt(52 - precision * 4)
    const rest = mantissa & ((1n << drop) - 1n)
    const half = 1n << (drop - 1n)
    mantissa >>= drop
    if (rest > half || (rest === half && mantissa & 1n)) mantissa++
    mantissa <<= drop
    if (mantissa >= 1n << 53n) {
      mantissa >>= 1n
      exponent++
    }
  }
  let fraction = (mantissa & ((1n << 52n) - 1n)).toString(16).padStart(13, '0')
  fraction = precision < 0 ? fraction.replace(/0+$/, '') : fraction.slice(0, precision).padEnd(precision, '0')
  const text = `0x1${fraction ? `.${fraction}` : ''}p${exponent < 0 ? '-' : '+'}${String(Math.abs(exponent)).padStart(2, '0')}`
  return upper ? text.toUpperCase() : text
}

/**
 * A float64 as text (strconv, FormatFloat): `verb` is one of `b e E f F g G x X`; precision −1 asks
 * for the fewest digits that read back as the same number.
 */
export function formatFloat(value: number, verb: string, precision: number): string {
  if (Number.isNaN(value)) return 'NaN'
  const sign = value < 0 || Object.is(value, -0) ? '-' : ''
  const size = Math.abs(value)
  if (size === Infinity) return sign === '-' ? '-Inf' : '+Inf'
  return sign + magnitude(size, verb, precision)
}

function magnitude(size: number, verb: string, precision: number): string {
  switch (verb) {
    case 'b': {
      const { mantissa, exponent } = binaryParts(size)
      return `${mantissa}p${exponent < 0 ? '-' : '+'}${Math.abs(exponent)}`
    }
    case 'x':
    case 'X':
      return hexadecimal(size, precision, verb)
    case 'e':
    case 'E': {
      const decimal = precision < 0 ? shortest(size) : rounded(exact(size), precision + 1)
      return scientific(decimal, precision < 0 ? decimal.digits.length - 1 : precision, verb)
    }
    case 'f':
    case 'F': {
      if (precision < 0) {
        const decimal = shortest(size)
        return plain(decimal, Math.max(decimal.digits.length - decimal.point, 0))
      }
      const decimal = exact(size)
      return plain(rounded(decimal, decimal.point + precision), precision)
    }
    default:
      return general(size, precision, verb === 'G' ? 'E' : 'e')
  }
}

/** The text form of a float64 everywhere but in JSON and YAML: `%v`. */
export function floatText(value: number): string {
  return Number.isInteger(value) && value > -1000000 && value < 1000000 && !Object.is(value, -0)
    ? String(value)
    : formatFloat(value, 'g', -1)
}

/** A float64 as text after it was cut to 32 bits (strconv, FormatFloat with a bit size of 32). */
export function singleText(value: number): string {
  const single = Math.fround(value)
  if (!Number.isFinite(single) || single === 0) return floatText(single)
  let short = single
  for (let digits = 1; digits < 10; digits++) {
    short = Number(single.toPrecision(digits))
    if (Math.fround(short) === single) break
  }
  return floatText(short)
}
