import { fromBytes } from '../../go/bytes.ts'
import { quote } from '../../go/quote.ts'
import { GoError } from '../../go/value.ts'
import { DerReader, tags } from './der-reader.ts'

type Check = (value: DerReader, isCritical: boolean) => Uint8Array | undefined | void

/** Checks an extension that Go looks into, and gives the identifier of a key, if it is that. Throws `GoError`. Source: Go, crypto/x509, processExtensions. */
export const checkExtension = (name: string, isCritical: boolean, value: Uint8Array): Uint8Array | undefined =>
  checks.get(name)?.(new DerReader(value), isCritical) ?? undefined

const checks: ReadonlyMap<string, Check> = new Map<string, Check>([
  ['2.5.29.14', subjectKeyId],
  ['2.5.29.15', (value) => void value.bits('x509: invalid key usage')],
  ['2.5.29.17', alternativeNames],
  ['2.5.29.19', basicConstraints],
  ['2.5.29.30', nameConstraints],
  ['2.5.29.31', distributionPoints],
  ['2.5.29.32', policies],
  ['2.5.29.33', policyMappings],
  ['2.5.29.35', authorityKeyId],
  ['2.5.29.36', policyConstraints],
  ['2.5.29.37', extendedUsages],
  ['2.5.29.54', (value) => void value.int('x509: invalid inhibit any policy extension')],
  ['1.3.6.1.5.5.7.1.1', authorityAccess],
])

function subjectKeyId(value: DerReader, isCritical: boolean): Uint8Array {
  if (isCritical) throw new GoError('x509: subject key identifier incorrectly marked critical')
  return value.read(tags.octets, 'x509: invalid subject key identifier').bytes
}

function authorityKeyId(value: DerReader, isCritical: boolean): void {
  if (isCritical) throw new GoError('x509: authority key identifier incorrectly marked critical')
  const problem = 'x509: invalid authority key identifier'
  value.read(tags.sequence, problem).optional(0x80, problem)
}

const isAscii = (bytes: Uint8Array): boolean => bytes.every((byte) => byte < 0x80)

const textNames = new Map([[0x81, 'rfc822Name'], [0x82, 'dNSName'], [0x86, 'uniformResourceIdentifier']])

function alternativeNames(value: DerReader): void {
  const names = value.read(tags.sequence, 'x509: invalid subject alternative names')
  while (!names.isEmpty) {
    const { tag, content } = names.element('x509: invalid subject alternative name')
    const { bytes } = content
    const kind = textNames.get(tag)
    if (kind !== undefined && !isAscii(bytes)) throw new GoError(`x509: SAN ${kind} is malformed`)
    if (tag === 0x87 && bytes.length !== 4 && bytes.length !== 16) throw new GoError(`x509: cannot parse IP address of length ${bytes.length}`)
  }
}

function basicConstraints(value: DerReader): void {
  const problem = 'x509: invalid basic constraints'
  const constraints = value.read(tags.sequence, problem)
  if (constraints.next(tags.boolean)) constraints.boolean(problem)
  if (constraints.next(tags.integer) && constraints.int(problem) < 0n) throw new GoError(problem)
}

function nameConstraints(value: DerReader): void {
  const problem = 'x509: invalid NameConstraints extension'
  const constraints = value.read(tags.sequence, problem)
  if (!value.isEmpty) throw new GoError(problem)
  const sides = [constraints.optional(0xa0, problem), constraints.optional(0xa1, problem)]
  if (!constraints.isEmpty) throw new GoError(problem)
  if (sides.every((side) => side === undefined || side.isEmpty)) throw new GoError('x509: empty name constraints extension')
  for (const trees of sides) while (trees && !trees.isEmpty) checkSubtree(trees.read(tags.sequence, problem).element(problem))
}

function checkSubtree({ tag, content: { bytes } }: { readonly tag: number; readonly content: DerReader }): void {
  const text = fromBytes(bytes)
  if (textNames.has(tag) && !isAscii(bytes)) throw new GoError(`x509: invalid constraint value: x509: ${quote(text)} cannot be encoded as an IA5String`)
  if (tag !== 0x87) return
  if (bytes.length !== 8 && bytes.length !== 32) throw new GoError(`x509: IP constraint contained value of length ${bytes.length}`)
  const mask = bytes.subarray(bytes.length / 2)
  const hex = Array.from(mask, (byte) => byte.toString(16).padStart(2, '0')).join('')
  const isMask = /^1*0*$/.test(Array.from(mask, (byte) => byte.toString(2).padStart(8, '0')).join(''))
  if (!isMask) throw new GoError(`x509: IP constraint contained invalid mask ${hex}`)
}

function distributionPoints(value: DerReader): void {
  const problem = 'x509: invalid CRL distribution point'
  const points = value.read(tags.sequence, `${problem}s`)
  while (!points.isEmpty) {
    const names = points.read(tags.sequence, problem).optional(0xa0, problem)?.read(0xa0, problem)
    while (names?.next(0x86)) names.read(0x86, problem)
  }
}

function policies(value: DerReader): void {
  const problem = 'x509: invalid certificate policies'
  const seen = new Set<string>()
  const list = value.read(tags.sequence, problem)
  while (!list.isEmpty) {
    const { bytes } = list.read(tags.sequence, problem).read(tags.identifier, problem)
    const isWhole = bytes.length > 0 && bytes.at(-1)! < 0x80 && bytes.every((byte, at) => byte !== 0x80 || (at > 0 && bytes[at - 1]! >= 0x80))
    if (!isWhole || seen.has(bytes.join())) throw new GoError(problem)
    seen.add(bytes.join())
  }
}

function policyMappings(value: DerReader): void {
  const problem = 'x509: invalid policy mappings extension'
  const list = value.read(tags.sequence, problem)
  while (!list.isEmpty) {
    const pair = list.read(tags.sequence, problem)
    pair.read(tags.identifier, problem)
    pair.read(tags.identifier, problem)
  }
}

function policyConstraints(value: DerReader): void {
  const problem = 'x509: invalid policy constraints extension'
  const constraints = value.read(tags.sequence, problem)
  for (const tag of [0x80, 0x81]) if (constraints.next(tag)) constraints.int(problem, tag)
}

function extendedUsages(value: DerReader): void {
  const problem = 'x509: invalid extended key usages'
  const usages = value.read(tags.sequence, problem)
  while (!usages.isEmpty) usages.identifier(problem)
}

function authorityAccess(value: DerReader, isCritical: boolean): void {
  if (isCritical) throw new GoError('x509: authority info access incorrectly marked critical')
  const problem = 'x509: invalid authority info access'
  const list = value.read(tags.sequence, problem)
  while (!list.isEmpty) {
    const access = list.read(tags.sequence, problem)
    access.identifier(problem)
    if (access.next(0x86)) access.read(0x86, problem)
  }
}
