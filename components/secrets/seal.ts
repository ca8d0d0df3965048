import type { Sealing } from '../../lib/plan/index.ts'
import type { SealedValues } from '../../lib/render.ts'
import { certificateOf, seal, SealingError, type SealingCrypto } from '../../lib/sealing/index.ts'

/** What there is to say about a pasted certificate; `usable` where values can be sealed with it. */
export interface CertificateNote {
  readonly usable: boolean
  readonly text: string
}

/** Reads a pasted certificate; `today` is the time in milliseconds. Nothing where nothing was pasted. */
export function noteOf(pem: string, today: number): CertificateNote | undefined {
  if (pem.trim() === '') return undefined
  try {
    const { bits, notBefore, notAfter } = certificateOf(pem)
    if (Date.parse(notAfter) < today)
      return { usable: false, text: `It ended on ${notAfter.slice(0, 10)}: fetch the current one.` }
    if (Date.parse(notBefore) > today)
      return { usable: false, text: `It begins only on ${notBefore.slice(0, 10)}.` }
    return { usable: true, text: `RSA with ${bits} bits, until ${notAfter.slice(0, 10)}.` }
  } catch (error) {
    if (error instanceof SealingError) return { usable: false, text: error.message }
    throw error
  }
}

/** The name of a key's field in the form. */
export const fieldOf = (secret: number, key: number): string => `${secret}.${key}`

/** Seals every value that was typed; what was left empty is left out. */
export async function sealAll(
  pem: string,
  { secrets, namespace, scope }: Pick<Sealing, 'secrets' | 'namespace' | 'scope'>,
  valueAt: (field: string) => string,
  crypto: SealingCrypto,
): Promise<SealedValues> {
  const entries = await Promise.all(
    secrets.map(async ({ name, keys }, secret) => {
      const values = await Promise.all(
        keys.map(async ({ key }, at): Promise<readonly [string, string] | undefined> => {
          const value = valueAt(fieldOf(secret, at))
          return value === ''
            ? undefined
            : [key, await seal(pem, value, scope, namespace, name, crypto)]
        }),
      )
      return [name, Object.fromEntries(values.filter((one) => one !== undefined))] as const
    }),
  )
  return Object.fromEntries(entries)
}

/** Sealed values with newer ones over them. */
export const merged = (old: SealedValues, newer: SealedValues): SealedValues =>
  Object.fromEntries(
    Object.entries({ ...old, ...newer }).map(([name, values]) => [
      name,
      { ...old[name], ...values },
    ]),
  )

/** The keys that no sealed value stands for yet. */
export const missingIn = (secrets: Sealing['secrets'], sealed: SealedValues): readonly string[] =>
  secrets.flatMap(({ name, keys }) =>
    keys.filter(({ key }) => !Object.hasOwn(sealed[name] ?? {}, key)).map(({ key }) => key),
  )

/** 32 random bytes as hexadecimal digits: what `openssl rand -hex 32` prints. */
export const drawn = (crypto: SealingCrypto): string =>
  [...crypto.getRandomValues(new Uint8Array(32))]
    .map((byte) => byte.toString(16).padStart(2, '0'))
    .join('')
