import type { Config } from '../../config/index.ts'
import { machineSecretsOf, type SecretVariable } from '../../plan/index.ts'

/** What a secret value must be like, so that the application starts with it. Sources: facts 1.4, 1.5 and 1.6. */
export interface Demand {
  /** Blanks inside are allowed; at the ends they never are. */
  readonly blanks?: true
  readonly atLeast?: number
  /** Characters that the value must not have, and why. */
  readonly without?: { readonly characters: string; readonly because: string }
  /** What the value must begin with: one of these. */
  readonly beginsWith?: readonly string[]
  /** A text that the value must have in it. */
  readonly contains?: string
}

/** A secret variable of the machine with what its value must be like. */
export interface DemandedSecret extends SecretVariable {
  readonly demand: Demand
}

export const demandedSecretsOf = (config: Config): readonly DemandedSecret[] =>
  machineSecretsOf(config).map((secret) => ({ ...secret, demand: demandOf(config, secret.path) }))

const unescaped = 'it becomes part of a URL as it is'
const redisUrl = ['redis://', 'rediss://', 'unix://']

function demandOf(config: Config, path: string): Demand {
  switch (path) {
    case 'database.postgres.password':
      return { without: { characters: '@%', because: unescaped } }
    case 'redis.password':
      return { without: { characters: '/#?[]%', because: unescaped } }
    case 'auth.jwtSecret':
      return { atLeast: 32 }
    case 'database.url':
      return config['database.driver'] === 'other'
        ? { contains: '://' }
        : {
            beginsWith: [`${config['database.driver']}://`],
            without: {
              characters: '%',
              because: 'Alembic takes it for the beginning of a placeholder',
            },
          }
    case 'database.alembicUrl':
      return {
        contains: '://',
        without: {
          characters: '%',
          because: 'Alembic takes it for the beginning of a placeholder',
        },
      }
    case 'rateLimit.storageUrl':
    case 'cache.storageUrl':
      return { beginsWith: redisUrl }
    case 'tracing.otlpHeaders':
      return { blanks: true, contains: '=' }
    default:
      return {}
  }
}

/** A demand in words, for comments. */
export function demandText({ atLeast, without, beginsWith, contains }: Demand): string {
  const parts = [
    'one line',
    ...(atLeast === undefined ? [] : [`at least ${atLeast} characters`]),
    ...(without === undefined ? [] : [`none of ${[...without.characters].join(' ')}`]),
    ...(beginsWith === undefined ? [] : [`begins with ${beginsWith.join(' or ')}`]),
    ...(contains === undefined ? [] : [`has ${contains} in it`]),
  ]
  return parts.join(', ')
}
