import { func, GoError, Struct, type Func, type Value } from '../../go/value.ts'
import { bytesToBase64 } from './encoding.ts'

// What these functions give is drawn anew at every installation, so here only its shape is right.

const bcryptLetters = './ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'

type Random = () => number

const bytes = (random: Random, count: number): number[] => Array.from({ length: count }, () => Math.floor(random() * 256))

/** A PEM block of random bytes. */
function pem(random: Random, label: string, size: number): string {
  const lines = bytesToBase64(bytes(random, size)).match(/.{1,64}/g)!
  return `-----BEGIN ${label}-----\n${lines.join('\n')}\n-----END ${label}-----\n`
}

const bcrypt = (random: Random): string =>
  `$2a$10$${Array.from({ length: 53 }, () => bcryptLetters[Math.floor(random() * 64)]).join('')}`

/** Labels and sizes of private keys by the name of their kind. */
const keyKinds = new Map<string, readonly [label: string, size: number]>([
  ['', ['RSA PRIVATE KEY', 2348]], ['rsa', ['RSA PRIVATE KEY', 2348]], ['dsa', ['DSA PRIVATE KEY', 844]],
  ['ecdsa', ['EC PRIVATE KEY', 121]], ['ed25519', ['PRIVATE KEY', 48]],
])

function privateKey(random: Random, kind: string): string {
  const known = keyKinds.get(kind)
  return known ? pem(random, ...known) : `Unknown type ${kind}`
}

const certificateOf = (cert: string, key: string): Struct =>
  new Struct('sprig.certificate', new Map<string, Value>([['Cert', cert], ['Key', key]]))

const certificate = (random: Random, key?: string): Struct =>
  certificateOf(pem(random, 'CERTIFICATE', 800), key ?? pem(random, 'RSA PRIVATE KEY', 1190))

function custom(cert: string, key: string): Struct {
  const decoded = (text: string): string => {
    if (!/^[A-Za-z0-9+/\s]+={0,2}\s*$/.test(text) || text.replace(/\s/g, '').length % 4) throw new GoError('unable to decode base64')
    return text
  }
  try {
    decoded(cert)
  } catch {
    throw new GoError('unable to decode base64 certificate')
  }
  throw new GoError(key ? 'certificates of one\'s own are not supported' : 'unable to decode base64 private key')
}

function htpasswd(random: Random, user: string): string {
  return user.includes(':') ? `invalid username: ${user}` : `${user}:${bcrypt(random)}`
}

const unsupported = (name: string) => (): never => {
  throw new GoError(`${name} is not supported`)
}

/** Sprig's functions that make keys, certificates and password hashes. */
export function secrets(random: Random): Record<string, Func> {
  return {
    bcrypt: func(['string'], () => bcrypt(random)),
    htpasswd: func(['string', 'string'], user => htpasswd(random, user)),
    genPrivateKey: func(['string'], kind => privateKey(random, kind)),
    genCA: func(['string', 'int'], () => certificate(random)),
    genCAWithKey: func(['string', 'int', 'string'], (_name, _days, key) => certificate(random, key)),
    genSelfSignedCert: func(['string', '[]interface {}', '[]interface {}', 'int'], () => certificate(random)),
    genSelfSignedCertWithKey: func(['string', '[]interface {}', '[]interface {}', 'int', 'string'], (_name, _ips, _names, _days, key) => certificate(random, key)),
    genSignedCert: func(['string', '[]interface {}', '[]interface {}', 'int', 'sprig.certificate'], () => certificate(random)),
    genSignedCertWithKey: func(['string', '[]interface {}', '[]interface {}', 'int', 'sprig.certificate', 'string'], (_name, _ips, _names, _days, _ca, key) => certificate(random, key)),
    buildCustomCert: func(['string', 'string'], custom),
    derivePassword: func(['any', 'string', 'string', 'string', 'string'], unsupported('derivePassword')),
    encryptAES: func(['string', 'string'], unsupported('encryptAES')),
    decryptAES: func(['string', 'string'], unsupported('decryptAES')),
  }
}
