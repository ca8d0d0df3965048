import { fromBytes, hasInvalidBytes } from '../../go/bytes.ts'
import { quote } from '../../go/quote.ts'
import { GoError } from '../../go/value.ts'
import { curveOf, ed25519Oid } from './curves.ts'
import { checkExtension } from './extensions.ts'
import { DerReader, tags, type Element } from './der-reader.ts'

/** What a certificate that signs others passes on. */
export interface Signer {
  /** The subject as it stands there, in DER. */
  readonly subject: Uint8Array
  readonly subjectKeyId: Uint8Array | undefined
  /** The public key with its algorithm, in DER; nothing for an algorithm that Go does not know. */
  readonly publicKey: Uint8Array | undefined
}

const version3 = 2n

/** Reads a certificate in DER. Throws `GoError` with the message of Go's crypto/x509, ParseCertificate. */
export function parseCertificate(der: Uint8Array): Signer {
  const input = new DerReader(der)
  const whole = input.read(tags.sequence, 'x509: malformed certificate')
  const body = whole.read(tags.sequence, 'x509: malformed tbs certificate')
  const version = versionOf(body)
  if (body.integer('x509: malformed serial number') < 0n) throw new GoError('x509: negative serial number')
  checkAlgorithms(body, whole)
  checkName(body.element('x509: malformed issuer', tags.sequence))
  checkValidity(body.read(tags.sequence, 'x509: malformed validity'))
  const subject = body.element('x509: malformed issuer', tags.sequence)
  checkName(subject)
  const publicKey = body.element('x509: malformed spki', tags.sequence)
  const isKnown = checkPublicKey(publicKey.content)
  const subjectKeyId = version > 0n ? checkTail(body, version) : undefined
  whole.bits('x509: malformed signature')
  if (!input.isEmpty) throw new GoError('x509: trailing data')
  return { subject: subject.whole, subjectKeyId, publicKey: isKnown ? publicKey.whole : undefined }
}

function versionOf(body: DerReader): bigint {
  const problem = 'x509: malformed version'
  const given = body.optional(0xa0, problem)
  if (!given) return 0n
  const version = given.int(problem)
  if (!given.isEmpty || version < 0n) throw new GoError(problem)
  if (version > version3) throw new GoError('x509: invalid version')
  return version
}

function checkAlgorithms(body: DerReader, whole: DerReader): void {
  const inner = body.read(tags.sequence, 'x509: malformed signature algorithm identifier')
  const outer = whole.read(tags.sequence, 'x509: malformed algorithm identifier')
  if (!isSame(inner.bytes, outer.bytes)) throw new GoError("x509: inner and outer signature algorithm identifiers don't match")
  algorithmOf(inner)
}

export const isSame = (a: Uint8Array, b: Uint8Array): boolean => a.length === b.length && a.every((byte, at) => byte === b[at])

/** The object identifier and the parameters of an algorithm. */
function algorithmOf(reader: DerReader): { readonly name: string; readonly parameters: Uint8Array } {
  const name = reader.identifier('x509: malformed OID')
  const parameters = reader.isEmpty ? new Uint8Array(0) : reader.element('x509: malformed parameters').whole
  return { name, parameters }
}

function checkName({ content: names }: Element): void {
  const problem = 'x509: invalid RDNSequence'
  while (!names.isEmpty) {
    const set = names.read(tags.set, problem)
    while (!set.isEmpty) {
      const attribute = set.read(tags.sequence, `${problem}: invalid attribute`)
      attribute.identifier(`${problem}: invalid attribute type`)
      const value = attribute.element(`${problem}: invalid attribute value`)
      const wrong = wrongText(value)
      if (wrong) throw new GoError(`${problem}: invalid attribute value: ${wrong}`)
    }
  }
}

/** What is wrong with the text of a name. */
function wrongText({ tag, content: { bytes } }: Element): string | undefined {
  const text = String.fromCharCode(...bytes)
  switch (tag) {
    case tags.t61:
      return undefined
    case tags.printable:
      return /^[a-zA-Z\d'()*&+,\-./ :=?]*$/.test(text) ? undefined : 'invalid PrintableString'
    case tags.utf8:
      return hasInvalidBytes(fromBytes(bytes)) ? 'invalid UTF-8 string' : undefined
    case tags.bmp:
      return isBmp(bytes) ? undefined : 'invalid BMPString'
    case tags.ia5:
      return /^[\0-\x7f]*$/.test(text) ? undefined : 'invalid IA5String'
    case tags.numeric:
      return /^[\d ]*$/.test(text) ? undefined : 'invalid NumericString'
    default:
      return `unsupported string type: ${tag}`
  }
}

function isBmp(bytes: Uint8Array): boolean {
  if (bytes.length % 2 !== 0) return false
  for (let at = 0; at < bytes.length; at += 2) {
    const point = bytes[at]! * 256 + bytes[at + 1]!
    if (point >= 0xfffe || (point >= 0xfdd0 && point <= 0xfdef) || (point >= 0xd800 && point <= 0xdfff)) return false
  }
  return true
}

function checkValidity(validity: DerReader): void {
  for (let each = 0; each < 2; each++) {
    if (validity.next(tags.utcTime)) checkTime(validity, tags.utcTime, /^(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)?(Z|[+-]\d{4})$/, 'x509: malformed UTCTime')
    else if (validity.next(tags.generalizedTime)) checkTime(validity, tags.generalizedTime, /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(Z|[+-]\d{4})$/, 'x509: malformed GeneralizedTime')
    else throw new GoError('x509: unsupported time format')
  }
}

function checkTime(validity: DerReader, tag: number, form: RegExp, problem: string): void {
  const text = String.fromCharCode(...validity.read(tag, problem).bytes)
  const [, year, month, day, hour, minute, second = '0', zone = ''] = form.exec(text) ?? []
  const days = new Date(Date.UTC(2000 + (Number(year) % 400), Number(month), 0)).getUTCDate()
  const isDate = Number(month) >= 1 && Number(month) <= 12 && Number(day) >= 1 && Number(day) <= days
  const isTime = Number(hour) < 24 && Number(minute) < 60 && Number(second) < 60
  // Nobody writes no difference as one.
  const isZone = zone === 'Z' || (Number(zone.slice(1)) !== 0 && Number(zone.slice(1, 3)) <= 24 && Number(zone.slice(3)) < 60)
  if (!isDate || !isTime || !isZone) throw new GoError(problem)
}

/** Checks a public key and tells whether Go knows its algorithm. */
function checkPublicKey(reader: DerReader): boolean {
  const { name, parameters } = algorithmOf(reader.read(tags.sequence, 'x509: malformed public key algorithm identifier'))
  const key = reader.bits('x509: malformed subjectPublicKey')
  const check = keyChecks.get(name)
  check?.(key, parameters)
  return check !== undefined
}

const keyChecks: ReadonlyMap<string, (key: Uint8Array, parameters: Uint8Array) => void> = new Map([
  ['1.2.840.113549.1.1.1', checkRsaKey],
  ['1.2.840.10045.2.1', checkEcKey],
  [ed25519Oid, (key, parameters) => checkPlainKey(key, parameters, 'Ed25519', 'x509: wrong Ed25519 public key size')],
  ['1.3.101.110', (key, parameters) => checkPlainKey(key, parameters, 'X25519', 'crypto/ecdh: invalid public key')],
  ['1.2.840.10040.4.1', checkDsaKey],
])

function checkRsaKey(key: Uint8Array, parameters: Uint8Array): void {
  if (!isSame(parameters, Uint8Array.of(5, 0))) throw new GoError('x509: RSA key missing NULL parameters')
  const numbers = new DerReader(key).read(tags.sequence, 'x509: invalid RSA public key')
  const modulus = numbers.integer('x509: invalid RSA modulus')
  const exponent = numbers.int('x509: invalid RSA public exponent')
  if (modulus <= 0n) throw new GoError('x509: RSA modulus is not a positive number')
  if (exponent <= 0n) throw new GoError('x509: RSA public exponent is not a positive number')
}

function checkEcKey(key: Uint8Array, parameters: Uint8Array): void {
  const curve = curveOf(new DerReader(parameters).identifier('x509: invalid ECDSA parameters'))
  if (!curve) throw new GoError('x509: unsupported elliptic curve')
  if (!curve.signer.utils.isValidPublicKey(key, false)) throw new GoError('x509: failed to unmarshal elliptic curve point')
}

function checkPlainKey(key: Uint8Array, parameters: Uint8Array, name: string, wrongSize: string): void {
  if (parameters.length > 0) throw new GoError(`x509: ${name} key encoded with illegal parameters`)
  if (key.length !== 32) throw new GoError(wrongSize)
}

function checkDsaKey(key: Uint8Array, parameters: Uint8Array): void {
  const problem = 'x509: invalid DSA parameters'
  const y = new DerReader(key).integer('x509: invalid DSA public key')
  const group = new DerReader(parameters).read(tags.sequence, problem)
  const numbers = [y, group.integer(problem), group.integer(problem), group.integer(problem)]
  if (numbers.some((number) => number <= 0n)) throw new GoError('x509: zero or negative DSA parameter')
}

/** Checks what follows the key, and gives the identifier of the key. */
function checkTail(body: DerReader, version: bigint): Uint8Array | undefined {
  body.optional(0x81, 'x509: malformed issuerUniqueID')
  body.optional(0x82, 'x509: malformed subjectUniqueID')
  const extensions = version === version3 ? body.optional(0xa3, 'x509: malformed extensions') : undefined
  if (!extensions) return undefined
  const all = new Map<string, { isCritical: boolean; value: Uint8Array }>()
  const list = extensions.read(tags.sequence, 'x509: malformed extensions')
  while (!list.isEmpty) {
    const extension = list.read(tags.sequence, 'x509: malformed extension')
    const name = extension.identifier('x509: malformed extension OID field')
    const isCritical = extension.next(tags.boolean) && extension.boolean('x509: malformed extension critical field')
    const { bytes: value } = extension.read(tags.octets, 'x509: malformed extension value field')
    if (all.has(name)) throw new GoError(`x509: certificate contains duplicate extension with OID ${quote(name)}`)
    all.set(name, { isCritical, value })
  }
  let subjectKeyId: Uint8Array | undefined
  for (const [name, { isCritical, value }] of all) subjectKeyId = checkExtension(name, isCritical, value) ?? subjectKeyId
  return subjectKeyId
}
