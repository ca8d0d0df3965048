import { toBytes } from '../../go/bytes.ts'
import { func, GoError, Int, Slice, Struct, type Func, type Methods, type Value } from '../../go/value.ts'

/** A version, its numbers of 64 bits; pre-release and metadata are empty where there are none. */
interface Version {
  readonly major: bigint
  readonly minor: bigint
  readonly patch: bigint
  readonly pre: string
  readonly meta: string
  readonly original: string
}

const versionText = '(v?)(\\d+)(?:\\.(\\d+))?(?:\\.(\\d+))?(?:-([0-9A-Za-z-]+(?:\\.[0-9A-Za-z-]+)*))?(?:\\+([0-9A-Za-z-]+(?:\\.[0-9A-Za-z-]+)*))?'
const versionPattern = new RegExp(`^${versionText}$`)

/** Whether digits spell a number of 64 bits. */
const fits = (digits: string): boolean => BigInt(digits) >> 64n === 0n

const invalid = (): GoError => new GoError('invalid semantic version')

function parseVersion(text: string): Version {
  const found = versionPattern.exec(text)
  if (!found) throw invalid()
  const [, , major, minor, patch, pre = '', meta = ''] = found
  for (const segment of [major, minor, patch]) if (segment !== undefined && !fits(segment)) throw new GoError(`error parsing version segment: strconv.ParseUint: parsing "${segment}": value out of range`)
  if (pre.split('.').some(part => /^0\d+$/.test(part))) throw new GoError('version segment starts with 0')
  return { major: BigInt(major!), minor: BigInt(minor ?? 0), patch: BigInt(patch ?? 0), pre, meta, original: text }
}

const textOf = ({ major, minor, patch, pre, meta }: Version): string =>
  `${major}.${minor}.${patch}${pre && `-${pre}`}${meta && `+${meta}`}`

const sign = (a: number | bigint, b: number | bigint): number => (a < b ? -1 : a > b ? 1 : 0)

function comparePart(a: string, b: string): number {
  if (a === b) return 0
  const [left, right] = [a, b].map(part => /^\d+$/.test(part) && fits(part))
  if (left && right) return sign(BigInt(a), BigInt(b))
  if (left !== right) return left ? -1 : 1
  return a < b ? -1 : 1
}

function comparePre(a: string, b: string): number {
  if (a === b) return 0
  if (!a || !b) return a ? -1 : 1
  const left = a.split('.')
  const right = b.split('.')
  for (let at = 0; at < left.length && at < right.length; at++) {
    const order = comparePart(left[at]!, right[at]!)
    if (order) return order
  }
  return sign(left.length, right.length)
}

const compare = (a: Version, b: Version): number =>
  sign(a.major, b.major) || sign(a.minor, b.minor) || sign(a.patch, b.patch) || comparePre(a.pre, b.pre)

/** One comparison of a constraint; a dirty one leaves parts of its version open. */
interface Comparison {
  readonly operator: string
  readonly version: Version
  readonly dirty: boolean
  readonly minorDirty: boolean
  readonly patchDirty: boolean
}

const part = '[0-9|x|X|*]+'
const wildVersion = `v?(${part})(\\.${part})?(\\.${part})?(-[0-9A-Za-z-]+(?:\\.[0-9A-Za-z-]+)*)?(\\+[0-9A-Za-z-]+(?:\\.[0-9A-Za-z-]+)*)?`
const uncaptured = wildVersion.replace(/\((?!\?)/g, '(?:')
// Go takes the first alternative that lets the whole match, so longer operators after shorter ones are fine there too.
const operators = '=||!=|>|<|>=|=>|<=|=<|~|~>|\\^'
const space = '[\\t\\n\\f\\r ]'
const comparisonPattern = new RegExp(`^${space}*(${operators})${space}*(${wildVersion})${space}*$`)
const comparisonsPattern = new RegExp(`(?:${operators})${space}*(?:${uncaptured})`, 'g')
const groupPattern = new RegExp(`^(?:${space}*(?:${operators})${space}*(?:${uncaptured})${space}*)(?:(?:${space}+|,${space}*)(?:${operators})${space}*(?:${uncaptured})${space}*)*$`)
const rangePattern = new RegExp(`${space}*(${uncaptured})${space}+-${space}+(${uncaptured})${space}*`, 'g')

const isWild = (text: string | undefined): boolean => !text || ['x', 'X', '*', '.x', '.X', '.*'].includes(text)

function comparisonOf(text: string): Comparison {
  const found = comparisonPattern.exec(text)
  if (!found) throw new GoError(`improper constraint: ${text}`)
  const [, operator, original, major, minor, patch, pre = ''] = found
  const open = isWild(major) ? 0 : isWild(minor) ? 1 : isWild(patch) ? 2 : 3
  const full = ['0.0.0', `${major}.0.0`, `${major}${minor}.0`, ''][open]
  try {
    const version = parseVersion(open === 3 ? original! : full! + pre)
    return { operator: operator!, version, dirty: open < 3, minorDirty: open === 1, patchDirty: open === 2 }
  } catch {
    throw new GoError('constraint parser error')
  }
}

function greater(v: Version, { version, dirty, minorDirty, patchDirty }: Comparison): boolean {
  if (!dirty) return compare(v, version) > 0
  if (v.major !== version.major) return v.major > version.major
  if (minorDirty) return false
  return patchDirty ? v.minor > version.minor : compare(v, version) > 0
}

function atMost(v: Version, { version, dirty, minorDirty }: Comparison): boolean {
  if (!dirty) return compare(v, version) <= 0
  return v.major <= version.major && !(v.major === version.major && v.minor > version.minor && !minorDirty)
}

function different(v: Version, { version, dirty, minorDirty, patchDirty }: Comparison): boolean {
  if (!dirty) return compare(v, version) !== 0
  if (v.major !== version.major) return true
  if (v.minor !== version.minor && !minorDirty) return true
  if (minorDirty) return false
  if (v.patch !== version.patch && !patchDirty) return true
  if (patchDirty) return comparePre(v.pre, version.pre) !== 0
  return compare(v, version) !== 0
}

function tilde(v: Version, { version, minorDirty, patchDirty }: Comparison): boolean {
  if (compare(v, version) < 0) return false
  if (!version.major && !version.minor && !version.patch && !minorDirty && !patchDirty) return true
  return v.major === version.major && (v.minor === version.minor || minorDirty)
}

function caret(v: Version, { version, minorDirty, patchDirty }: Comparison): boolean {
  if (compare(v, version) < 0) return false
  if (version.major > 0 || minorDirty) return v.major === version.major
  if (v.major > 0) return false
  if (version.minor > 0 || patchDirty) return v.minor === version.minor
  return v.minor === 0n && v.patch === version.patch
}

const equalOrTilde = (v: Version, c: Comparison): boolean => (c.dirty ? tilde(v, c) : compare(v, c.version) === 0)
const less = (v: Version, { version }: Comparison): boolean => compare(v, version) < 0
const atLeast = (v: Version, { version }: Comparison): boolean => compare(v, version) >= 0

const checks = new Map<string, (v: Version, comparison: Comparison) => boolean>([
  ['', equalOrTilde], ['=', equalOrTilde], ['!=', different], ['>', greater], ['<', less], ['>=', atLeast], ['=>', atLeast],
  ['<=', atMost], ['=<', atMost], ['~', tilde], ['~>', tilde], ['^', caret],
])

function groupOf(text: string): readonly Comparison[] {
  if (!groupPattern.test(text)) throw new GoError(`improper constraint: ${text}`)
  return (text.match(comparisonsPattern) ?? [text]).map(comparisonOf)
}

/** Whether a version meets a constraint (Masterminds/semver). */
function meets(constraint: string, v: Version): boolean {
  const groups = constraint.replace(rangePattern, '>= $1, <= $2 ').split('||').map(groupOf)
  return groups.some(group => {
    const allowsPre = group.some(({ version }) => version.pre)
    return group.every(comparison => (!v.pre || allowsPre) && checks.get(comparison.operator)!(v, comparison))
  })
}

const versions = new WeakMap<Struct, Version>()

function argument(value: Value): Version {
  const version = value instanceof Struct ? versions.get(value) : undefined
  if (!version) throw new GoError('runtime error: invalid memory address or nil pointer dereference')
  return version
}

const next = (n: bigint): bigint => BigInt.asUintN(64, n + 1n)

function changed(version: Version, change: Partial<Version>): Struct {
  const next = { ...version, ...change }
  return structOf({ ...next, original: (version.original.startsWith('v') ? 'v' : '') + textOf(next) }, false)
}

const raised = (version: Version, change: Partial<Version>): Struct => changed(version, { pre: '', meta: '', ...change })

const identifiers = /^[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*$/

function withPrerelease(version: Version, pre: string): Struct {
  for (const part of pre === '' ? [] : pre.split('.')) {
    if (/^0\d+$/.test(part)) throw new GoError('version segment starts with 0')
    if (!identifiers.test(part)) throw new GoError('invalid prerelease string')
  }
  return changed(version, { pre })
}

function withMetadata(version: Version, meta: string): Struct {
  if (meta !== '' && !identifiers.test(meta)) throw new GoError('invalid metadata string')
  return changed(version, { meta })
}

const bytesOf = (text: string): Slice => new Slice('uint8', Array.from(toBytes(text), byte => new Int(byte, 'uint8')))

/** The methods of a version and of a pointer to one. */
function methodsOf(version: Version): Record<string, Func> {
  const { major, minor, patch, pre } = version
  return {
    Major: func([], () => new Int(major, 'uint64')),
    Minor: func([], () => new Int(minor, 'uint64')),
    Patch: func([], () => new Int(patch, 'uint64')),
    Prerelease: func([], () => pre),
    Metadata: func([], () => version.meta),
    String: func([], () => textOf(version)),
    IncMajor: func([], () => raised(version, { major: next(major), minor: 0n, patch: 0n })),
    IncMinor: func([], () => raised(version, { minor: next(minor), patch: 0n })),
    IncPatch: func([], () => raised(version, pre ? {} : { patch: next(patch) })),
    SetPrerelease: func(['string'], text => withPrerelease(version, text)),
    SetMetadata: func(['string'], text => withMetadata(version, text)),
    MarshalText: func([], () => bytesOf(textOf(version))),
    MarshalJSON: func([], () => bytesOf(`"${textOf(version)}"`)),
    Value: func([], () => textOf(version)),
  }
}

/** The methods that only a pointer to a version has. */
function pointerMethods(version: Version): Record<string, Func> {
  const other = (test: (order: number) => boolean) => func(['*semver.Version'], value => test(compare(version, argument(value))))
  return {
    Original: func([], () => version.original),
    Compare: func(['*semver.Version'], value => new Int(compare(version, argument(value)))),
    Equal: other(order => order === 0),
    LessThan: other(order => order < 0),
    GreaterThan: other(order => order > 0),
    LessThanEqual: other(order => order <= 0),
    GreaterThanEqual: other(order => order >= 0),
  }
}

/** What verbs see that are not for a `Stringer`. */
function fieldsOf({ major, minor, patch, pre, meta, original }: Version): Map<string, Value> {
  const number = (n: bigint) => new Int(n, 'uint64')
  return new Map<string, Value>([['major', number(major)], ['minor', number(minor)], ['patch', number(patch)], ['pre', pre], ['metadata', meta], ['original', original]])
}

function structOf(version: Version, pointer = true): Struct {
  const text = textOf(version)
  const methods: Methods = new Map(Object.entries(pointer ? { ...methodsOf(version), ...pointerMethods(version) } : methodsOf(version)))
  const struct = new Struct(pointer ? '*semver.Version' : 'semver.Version', fieldsOf(version), text, methods, true, text)
  versions.set(struct, version)
  return struct
}

/** What Go's `deepCopy` makes of a version, whose fields it does not see. */
export const blankVersion = (pointer: boolean): Struct => structOf({ major: 0n, minor: 0n, patch: 0n, pre: '', meta: '', original: '' }, pointer)

const longest = 1000

/** Refuses texts that no version is as long as: the patterns above would take long for them. */
function checkLength(text: string): void {
  if (text.length > longest) throw new GoError(`more than ${longest} bytes`)
}

export const semvers = {
  semver: func(['string'], text => {
    checkLength(text)
    return structOf(parseVersion(text))
  }),
  semverCompare: func(['string', 'string'], (constraint, text) => {
    checkLength(constraint)
    checkLength(text)
    // A wrong constraint is reported before a wrong version.
    meets(constraint, { major: 0n, minor: 0n, patch: 0n, pre: '', meta: '', original: '' })
    return meets(constraint, parseVersion(text))
  }),
}
