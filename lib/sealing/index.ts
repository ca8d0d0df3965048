/**
 * Sealing for the Sealed Secrets controller, offline: it knows nothing of us and of no page.
 *
 * - `certificateOf(pem)` reads what `kubeseal --fetch-cert` prints: the key's size and until when the
 *   certificate holds. Ask it while the user pastes; it throws `SealingError` with a sentence to show.
 * - `await seal(pem, value, scope, namespace, name, crypto)` gives one entry of `encryptedData`.
 *   `crypto` is the browser's own (https or localhost only) or Node's `webcrypto`. Namespace and name
 *   are those of the Secret and part of the seal: where they change, the value is sealed anew.
 *
 * Values are parameters and results only; nothing here keeps, logs or sends one. What the sealed
 * values are written into is no matter of this room.
 */
export { certificateOf } from './certificate.ts'
export { SealingError } from './error.ts'
export { labelOf, seal, type Scope, type SealingCrypto } from './seal.ts'
