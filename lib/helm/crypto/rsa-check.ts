import { GoError } from '../../go/value.ts'
import { rsaKey, type RsaKey } from './rsa.ts'

type Numbers = Omit<RsaKey, 'kind' | 'dp' | 'dq' | 'qInverse'> & Partial<Pick<RsaKey, 'dp' | 'dq' | 'qInverse'>>

const sizeOf = (value: bigint): number => value.toString(2).length

function refuse(isWrong: boolean, reason: string): void {
  if (isWrong) throw new GoError(`crypto/rsa: ${reason}`)
}

const noModulus = 'modulus must be > 1'
const limb = 64

function checkBelow(value: bigint, modulus: bigint): void {
  if (value < modulus) return
  const isLonger = sizeOf(value) > Math.ceil(sizeOf(modulus) / limb) * limb
  throw new GoError(`input overflows the modulus${isLonger ? ' size' : ''}`)
}

/** A key of the numbers of a file. Throws `GoError` where they make none (Go, crypto/rsa, Validate). */
export function checkRsa({ n, e, d, p, q, dp, dq, qInverse }: Numbers): RsaKey {
  const [p1, q1] = [p - 1n, q - 1n]
  const isGiven = dp !== undefined && dq !== undefined && qInverse !== undefined
  if (n <= 1n || p <= 1n || q <= 1n) throw new GoError(noModulus)
  checkBelow(d, n)
  if (isGiven) checkBelow(qInverse, p)
  else if (p1 === 1n || q1 === 1n) throw new GoError(noModulus)
  refuse(!isGiven && (p & 1n) === 0n, 'p is even')
  refuse((n & 1n) === 0n, 'public modulus is even')
  refuse(e < 2n, 'public exponent too small or negative')
  refuse((e & 1n) === 0n, 'public exponent is even')
  refuse(e > 0x7fffffffn, 'public exponent too large')
  refuse(p >= n || q >= n, 'invalid prime')
  refuse((p * q) % n !== 0n, 'p * q != n')
  refuse(p1 === 1n || q1 === 1n, 'invalid prime')
  const [left, right] = isGiven ? [dp, dq] : [d % p1, d % q1]
  refuse(left >= p1 || (left * e) % p1 !== 1n || right >= q1 || (right * e) % q1 !== 1n, 'invalid CRT exponent')
  refuse(isGiven && (qInverse * q) % p !== 1n, 'invalid CRT coefficient')
  const half = Math.floor(sizeOf(n) / 2)
  refuse(p === q, 'p == q')
  refuse(sizeOf(p > q ? p - q : q - p) <= half - 100, '|p - q| too small')
  refuse(sizeOf(d) <= half, 'd too small')
  const key = rsaKey(n, e, d, p, q)
  if (!key) throw new GoError('crypto/rsa: invalid prime')
  return { ...key, dp: left, dq: right }
}
