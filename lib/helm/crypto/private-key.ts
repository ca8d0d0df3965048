import { attempt } from '../../go/attempt.ts'
import { GoError } from '../../go/value.ts'
import { any, big, bitString, fits, int, octetString, oid, unmarshal, type Field, type Read, type Shape } from './asn1.ts'
import { bytesOf, integerOf } from './der.ts'
import { curveOf, ecPrivateDer, ed25519Oid, ed25519PrivateDer, type EcKey, type Ed25519Key } from './curves.ts'
import { dsaPrivateDer, type DsaKey } from './dsa.ts'
import { blockText, firstBlock } from './pem.ts'
import { rsaPrivateDer, type RsaKey } from './rsa.ts'
import { checkRsa } from './rsa-check.ts'

/** A key that `x509` can read but that signs nothing. */
interface X25519Key {
  readonly kind: 'x25519'
}

/** The private keys that Sprig can read. */
export type PrivateKey = RsaKey | EcKey | Ed25519Key | DsaKey | X25519Key

/** A key as Sprig writes it (pemBlockForKey). */
export function privateKeyText(key: Exclude<PrivateKey, X25519Key>): string {
  switch (key.kind) {
    case 'rsa':
      return blockText({ label: 'RSA PRIVATE KEY', bytes: rsaPrivateDer(key) })
    case 'ec':
      return blockText({ label: 'EC PRIVATE KEY', bytes: ecPrivateDer(key) })
    case 'dsa':
      return blockText({ label: 'DSA PRIVATE KEY', bytes: dsaPrivateDer(key) })
    case 'ed25519':
      return blockText({ label: 'PRIVATE KEY', bytes: ed25519PrivateDer(key) })
  }
}

const of = (shape: Shape): Field => ({ shape })
const optional = (shape: Shape): Field => ({ shape, optional: true })

const additionalPrime: Shape = { kind: 'list', type: '', fields: { Prime: of(big), Exp: of(big), Coeff: of(big) } }
const pkcs1: Shape = {
  kind: 'struct',
  type: 'pkcs1PrivateKey',
  fields: {
    Version: of(int), N: of(big), E: of(int), D: of(big), P: of(big), Q: of(big),
    Dp: optional(big), Dq: optional(big), Qinv: optional(big),
    AdditionalPrimes: { shape: additionalPrime, optional: true, omitEmpty: true },
  },
}
const sec1: Shape = {
  kind: 'struct',
  type: 'ecPrivateKey',
  fields: {
    Version: of(int), PrivateKey: of(octetString),
    NamedCurveOID: { shape: oid, optional: true, explicit: 0 },
    PublicKey: { shape: bitString, optional: true, explicit: 1 },
  },
}
const algorithm: Shape = { kind: 'struct', type: 'AlgorithmIdentifier', fields: { Algorithm: of(oid), Parameters: optional(any) } }
const pkcs8: Shape = { kind: 'struct', type: 'pkcs8', fields: { Version: of(int), Algo: of(algorithm), PrivateKey: of(octetString) } }
const dsaFormat: Shape = { kind: 'struct', type: 'DSAKeyFormat', fields: { Version: of(int), P: of(big), Q: of(big), G: of(big), Y: of(big), X: of(big) } }

type Fields = ReadonlyMap<string, Read>

const instead = (name: string): GoError => new GoError(`x509: failed to parse private key (use ${name} instead for this key format)`)

/** The fields of a format; for another known one the error says which. */
function fieldsOf(bytes: Uint8Array, shape: Shape, others: readonly (readonly [Shape, string])[]): { fields: Fields; rest: Uint8Array } {
  try {
    const { value, rest } = unmarshal(bytes, shape)
    return { fields: value as Fields, rest }
  } catch (error) {
    const other = others.find(([each]) => fits(bytes, each))
    throw other ? instead(other[1]) : error
  }
}

const [parseRsa, parseEc, parsePkcs8] = ['ParsePKCS1PrivateKey', 'ParseECPrivateKey', 'ParsePKCS8PrivateKey'] as const

function rsaOf(bytes: Uint8Array): RsaKey {
  const { fields, rest } = fieldsOf(bytes, pkcs1, [[sec1, parseEc], [pkcs8, parsePkcs8]])
  if (rest.length > 0) throw new GoError('asn1: syntax error: trailing data')
  const number = (name: string): bigint | undefined => fields.get(name) as bigint | undefined
  if (number('Version')! > 1n) throw new GoError('x509: unsupported private key version')
  const numbers = ['N', 'D', 'P', 'Q', 'Dp', 'Dq', 'Qinv'].map(number)
  if (numbers.some((each) => each !== undefined && each <= 0n)) throw new GoError('x509: private key contains zero or negative value')
  if (((fields.get('AdditionalPrimes') ?? []) as readonly Read[]).length > 0) {
    throw new GoError('x509: RSA keys of more than two primes are not supported here')
  }
  const [n, d, p, q, dp, dq, qInverse] = numbers
  return checkRsa({ n: n!, e: number('E')!, d: d!, p: p!, q: q!, dp, dq, qInverse })
}

function ecOf(bytes: Uint8Array, outerCurve?: string): EcKey {
  let fields: Fields
  try {
    ;({ fields } = fieldsOf(bytes, sec1, [[pkcs8, parsePkcs8], [pkcs1, parseRsa]]))
  } catch (error) {
    throw error instanceof GoError && error.message.startsWith('asn1: ') ? new GoError(`x509: failed to parse EC private key: ${error.message}`) : error
  }
  const version = fields.get('Version') as bigint
  if (version !== 1n) throw new GoError(`x509: unknown EC private key version ${version}`)
  const curve = curveOf(outerCurve ?? ((fields.get('NamedCurveOID') as string | undefined) ?? ''))
  if (!curve) throw new GoError('x509: unknown elliptic curve')
  const given = fields.get('PrivateKey') as Uint8Array
  const scalar = integerOf(given)
  if (scalar >= curve.signer.Point.Fn.ORDER) throw new GoError('x509: invalid elliptic curve private key value')
  return { kind: 'ec', curve, secret: bytesOf(scalar, curve.size) }
}

function dsaOf(bytes: Uint8Array): DsaKey {
  const fields = unmarshal(bytes, dsaFormat).value as Fields
  const number = (name: string): bigint => fields.get(name) as bigint
  return { kind: 'dsa', p: number('P'), q: number('Q'), g: number('G'), y: number('Y'), x: number('X') }
}

const oids = { rsa: '1.2.840.113549.1.1.1', ec: '1.2.840.10045.2.1', x25519: '1.3.101.110' }

function pkcs8Of(bytes: Uint8Array): PrivateKey {
  const { fields } = fieldsOf(bytes, pkcs8, [[sec1, parseEc], [pkcs1, parseRsa]])
  const algo = fields.get('Algo') as Fields
  const name = algo.get('Algorithm') as string
  const parameters = algo.get('Parameters') as Uint8Array | undefined
  const inner = fields.get('PrivateKey') as Uint8Array
  if (name === oids.rsa) return within('x509: failed to parse RSA private key embedded in PKCS#8: ', () => rsaOf(inner))
  if (name === oids.ec) {
    const named = parameters && fits(parameters, oid) ? (unmarshal(parameters, oid).value as string) : undefined
    return within('x509: failed to parse EC private key embedded in PKCS#8: ', () => ecOf(inner, named))
  }
  if (name === ed25519Oid) return { kind: 'ed25519', secret: secretOf(inner, 'Ed25519', parameters) }
  if (name !== oids.x25519) throw new GoError(`x509: PKCS#8 wrapping contained private key with unknown algorithm: ${name}`)
  if (secretOf(inner, 'X25519', parameters).length !== 32) throw new GoError('crypto/ecdh: invalid private key size')
  return { kind: 'x25519' }
}

function secretOf(bytes: Uint8Array, name: 'Ed25519' | 'X25519', parameters: Uint8Array | undefined): Uint8Array {
  if (parameters) throw new GoError(`x509: invalid ${name} private key parameters`)
  const secret = within(`x509: invalid ${name} private key: `, () => unmarshal(bytes, octetString).value as Uint8Array)
  if (name === 'Ed25519' && secret.length !== 32) throw new GoError(`x509: invalid Ed25519 private key length: ${secret.length}`)
  return secret
}

/** What `work` gives; its message gets a beginning. */
export const within = <Made>(beginning: string, work: () => Made): Made =>
  attempt(work, ({ message }) => {
    throw new GoError(`${beginning}${message}`)
  })

const suffix = ' PRIVATE KEY'

/** The private key in a PEM text (Sprig, parsePrivateKeyPEM). Throws `GoError`. */
export function parsePrivateKey(text: string): PrivateKey {
  const block = firstBlock(text)
  if (!block) throw new GoError('no PEM data in input')
  const { label, bytes } = block
  if (label === suffix.trim()) return within('decoding PEM as PKCS#8: ', () => pkcs8Of(bytes))
  if (!label.endsWith(suffix)) throw new GoError(`no private key data in PEM block of type ${label}`)
  const kind = label.slice(0, -suffix.length)
  const parsers = new Map<string, (bytes: Uint8Array) => PrivateKey>([['RSA', rsaOf], ['EC', (given) => ecOf(given)], ['DSA', dsaOf]])
  const parse = parsers.get(kind)
  if (!parse) throw new GoError(`invalid private key type ${label}`)
  return within(`parsing ${kind} private key from PEM: `, () => parse(bytes))
}
