import type { Config } from '../../config/index.ts'
import type { Rule } from '../rule.ts'
import { all, always, on } from '../when.ts'
import { listed } from '../words.ts'

const authOn = on('auth.enabled')
const source = (wanted: Config['auth.keySource']) => (config: Config) => config['auth.keySource'] === wanted

/** `HS256` and `HS512` are one family; `EdDSA` is its own. */
const familyOf = (algorithm: string): string => (algorithm === 'EdDSA' ? 'EdDSA' : algorithm.slice(0, 2))
const familiesOf = (config: Config): readonly string[] => [...new Set(config['auth.jwtAlgorithms'].map(familyOf))]

const isShared = (config: Config): boolean => config['auth.keySource'] === 'secret'
const suits = (config: Config, family: string): boolean => (family === 'HS') === isShared(config)
const firstChoice = (config: Config): string => (isShared(config) ? 'HS256' : 'RS256')

/** The algorithms of the first family that goes with the keys; one that always does where none is given. */
function suitable(config: Config): readonly string[] {
  const family = familiesOf(config).find((one) => suits(config, one))
  return family ? config['auth.jwtAlgorithms'].filter((one) => familyOf(one) === family) : [firstChoice(config)]
}

const toSuitable = (config: Config) => ({ label: `Use ${listed(suitable(config))}`, patch: { 'auth.jwtAlgorithms': suitable(config) } })

const keys: Record<Config['auth.keySource'], string> = { jwks: 'a JWKS URL', publicKey: 'a public key', secret: 'a shared secret' }

const oneFamily: Rule = {
  id: 'auth-algorithms',
  severity: 'error',
  demand: 'Algorithms of one family',
  applies: authOn,
  check: (config) => {
    const families = familiesOf(config)
    if (families.length === 1) return undefined
    return {
      path: 'auth.jwtAlgorithms',
      title: families.length === 0 ? 'No algorithm' : 'Mixed algorithms',
      message:
        families.length === 0
          ? 'The application refuses to start without an algorithm that tokens may be signed with.'
          : `${listed(config['auth.jwtAlgorithms'])} are of ${families.length} families, and the application refuses to start with more than one.`,
      fix: toSuitable(config),
    }
  },
}

const matchingFamily: Rule = {
  id: 'auth-family',
  severity: 'error',
  demand: 'Algorithms that go with the keys',
  applies: authOn,
  check: (config) => {
    const [family, ...more] = familiesOf(config)
    if (family === undefined || more.length > 0 || suits(config, family)) return undefined
    return {
      path: 'auth.jwtAlgorithms',
      title: 'Wrong algorithms',
      message: `${listed(config['auth.jwtAlgorithms'])} cannot be verified with ${keys[config['auth.keySource']]}, and the application refuses to start.`,
      fix: toSuitable(config),
    }
  },
}

const jwksUrl: Rule = {
  id: 'auth-jwks-url',
  severity: 'error',
  demand: 'A key set to verify tokens with',
  applies: all(authOn, source('jwks')),
  check: (config) =>
    config['auth.jwksUrl'].trim() === ''
      ? {
          path: 'auth.jwksUrl',
          title: 'No key set',
          message: "The application refuses to start without keys; give the JWKS URL of your identity provider.",
        }
      : undefined,
}

const required = [
  { id: 'auth-issuer', what: 'issuer', claim: 'iss', value: 'auth.jwtIssuer', needed: 'auth.requireIssuer' },
  { id: 'auth-audience', what: 'audience', claim: 'aud', value: 'auth.jwtAudience', needed: 'auth.requireAudience' },
] as const

const claims: readonly Rule[] = required.map(({ id, what, claim, value, needed }) => ({
  id,
  severity: 'error',
  demand: `An ${what} that tokens must carry`,
  applies: all(authOn, on(needed)),
  check: (config) =>
    config[value] === ''
      ? { path: value, title: `No ${what}`, message: `The application shall demand ${claim} and refuses to start without the ${what} to compare it with.` }
      : undefined,
}))

const unchecked: Rule = {
  id: 'auth-claims-unchecked',
  severity: 'warning',
  demand: 'Only tokens meant for this service are accepted',
  applies: authOn,
  check: (config) =>
    required
      .filter(({ value, needed }) => !config[needed] && config[value] === '')
      .map(({ what, value }) => ({
        path: value,
        title: `Any ${what}`,
        message: `Without an ${what}, a token that the same keys signed for somebody else is accepted here too.`,
      })),
}

const endless: Rule = {
  id: 'auth-endless-tokens',
  severity: 'warning',
  demand: 'Tokens expire',
  applies: authOn,
  check: (config) =>
    config['auth.requireExp']
      ? undefined
      : {
          path: 'auth.requireExp',
          title: 'Tokens without end',
          message: 'A token without exp is accepted for ever, so a leaked one cannot be outlived.',
          fix: { label: 'Require expiry', patch: { 'auth.requireExp': true } },
        },
}

const sharedSecret: Rule = {
  id: 'auth-shared-secret',
  severity: 'info',
  demand: 'Keys that can be rotated without a gap',
  applies: authOn,
  check: (config) =>
    isShared(config)
      ? {
          path: 'auth.keySource',
          title: 'Shared secret',
          message: 'Whoever verifies with a shared secret can also issue tokens, and it cannot be changed without a gap; a JWKS URL has neither flaw.',
        }
      : undefined,
}

const warmup: Rule = {
  id: 'auth-warmup',
  severity: 'info',
  demand: 'Starts do not hang on the identity provider',
  applies: all(authOn, source('jwks')),
  check: (config) =>
    config['auth.requireWarmup']
      ? {
          path: 'auth.requireWarmup',
          title: 'Start needs the provider',
          message: 'While the key set cannot be fetched no instance starts, not even one that only replaces another.',
          fix: { label: 'Start without', patch: { 'auth.requireWarmup': false } },
        }
      : undefined,
}

const off: Rule = {
  id: 'auth-off',
  severity: 'info',
  demand: 'Tokens are verified',
  applies: always,
  check: (config) =>
    config['auth.enabled']
      ? undefined
      : {
          path: 'auth.enabled',
          title: 'No tokens verified',
          message: 'Routes that ask for a user answer 401 to every token; routes that do not are open to everyone who reaches the service.',
        },
}

export const authRules: readonly Rule[] = [oneFamily, matchingFamily, jwksUrl, ...claims, unchecked, endless, sharedSecret, warmup, off]
