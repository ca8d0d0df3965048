import { versionAtLeast } from '../../text/version.ts'

/** TLS 1.2 ciphers of Mozilla's intermediate configuration, guideline 6.0; those of TLS 1.3 are all good. */
const ciphers = [
  'ECDHE-ECDSA-AES128-GCM-SHA256',
  'ECDHE-RSA-AES128-GCM-SHA256',
  'ECDHE-ECDSA-AES256-GCM-SHA384',
  'ECDHE-RSA-AES256-GCM-SHA384',
  'ECDHE-ECDSA-CHACHA20-POLY1305',
  'ECDHE-RSA-CHACHA20-POLY1305',
]

/** nginx does not start with a group that its OpenSSL does not know. */
const groupsOf = (openssl: string): readonly string[] => [
  ...(versionAtLeast(openssl, '3.5') ? ['X25519MLKEM768'] : []),
  'X25519',
  'prime256v1',
  'secp384r1',
]

/** What every server of the port says alike, for the first of them decides before the name is known. */
export const tlsLines = (openssl: string): readonly string[] => [
  'ssl_protocols TLSv1.2 TLSv1.3',
  `ssl_ciphers ${ciphers.join(':')}`,
  `ssl_ecdh_curve ${groupsOf(openssl).join(':')}`,
  'ssl_prefer_server_ciphers off',
  'ssl_session_timeout 1d',
  'ssl_session_cache shared:tls:10m',
]
