import { type Config, type Path } from '../../config/index.ts'
import { environmentOf, runsOn, type Platform } from '../../plan/index.ts'
import { envNameProblem } from '../../text/env-file.ts'
import type { Fix, Rule, Said } from '../rule.ts'
import { refusalsOf } from '../refusals.ts'
import { declaredVariable, refusalOf, settingOfVariable, withoutVariable } from '../variables.ts'
import { onKubernetes } from '../when.ts'
import { listed, short } from '../words.ts'

const hasExtra = (config: Config): boolean => Object.keys(config.extraEnv).length > 0

const remove = (config: Config, name: string): Fix => ({ label: `Remove ${name}`, patch: withoutVariable(config, name) })

/** One finding for each extra variable that `problem` objects to. */
const each =
  (title: string, problem: (name: string, value: string, config: Config) => string | undefined) =>
  (config: Config): readonly Said[] =>
    Object.entries(config.extraEnv).flatMap(([name, value]) => {
      const message = problem(name, value, config)
      return message === undefined ? [] : [{ path: 'extraEnv' as const, title, message, fix: remove(config, name) }]
    })

const names: Rule = {
  id: 'env-name',
  severity: 'error',
  demand: 'Extra variables have names that a shell takes',
  applies: hasExtra,
  check: each('Not a name', (name) => {
    const problem = envNameProblem(name)
    return problem && `${short(name, 40)} cannot be a variable: ${problem}.`
  }),
}

const secrets: Rule = {
  id: 'env-secret',
  severity: 'error',
  demand: 'No secret among the extra variables',
  applies: hasExtra,
  check: each('Secret in the open', (name, value, config) =>
    declaredVariable(name)?.field.kind === 'secret' || name === 'PGPASSWORD'
      ? `${name} is a secret and would stand ${place(config)}; keep it ${safe(config)}.`
      : /:\/\/[^/\s:@]*:[^/\s@]+@/.test(value)
        ? `${name} holds a URL with a password, which would stand ${place(config)}; keep it ${safe(config)}.`
        : undefined,
  ),
}

const place = (config: Config): string => (runsOn(config, 'kubernetes') ? 'in a ConfigMap and in the repository' : 'in a file of the repository')
const safe = (config: Config): string => (runsOn(config, 'kubernetes') ? 'in a Secret' : 'in the secrets file of the machine')

const secretWord = /(^|_)(PASSWORD|PASSWD|PWD|TOKEN|SECRETS?|CREDENTIALS?|APIKEY|KEY|DSN)$/i
const openKey = /(^|_)PUBLIC_KEY$/i

const secretNames: Rule = {
  id: 'env-secret-name',
  severity: 'warning',
  demand: 'No extra variable that sounds like a secret',
  applies: hasExtra,
  check: each('Sounds like a secret', (name, value, config) =>
    value !== '' && secretWord.test(name) && !openKey.test(name) && !declaredVariable(name)
      ? `${name} sounds like a secret and would stand ${place(config)}; keep it ${safe(config)}.`
      : undefined,
  ),
}

const refusedValues: Rule = {
  id: 'env-refused',
  severity: 'error',
  demand: 'Extra variables hold values that the application reads',
  applies: hasExtra,
  check: each('Value is refused', (name, value) => {
    const problem = refusalOf(name, value)
    return problem && `The application does not take ${name}=${short(value, 40)}: ${problem}.`
  }),
}

/** Variables that probes, ports, volumes and the choice of objects follow, so that only their setting may change them. */
const followed = new Set([
  'APP_HOST',
  'APP_PORT',
  'APP_HEALTH_CHECK_PATH',
  'APP_READINESS_CHECK_PATH',
  'APP_DATABASE_BACKEND',
  'APP_DATABASE_SQLITE_PATH',
  'APP_METRICS_ENABLED',
  'APP_RATE_LIMIT_ENABLED',
  'APP_TRUSTED_HOSTS',
  'RUN_DB_MIGRATIONS',
  'UVICORN_WORKERS',
])

const detached: Rule = {
  id: 'env-owned',
  severity: 'error',
  demand: 'What other files follow is set where they look',
  applies: hasExtra,
  check: each('Set it elsewhere', (name) => {
    const setting = settingOfVariable(name)
    return setting?.field.env && followed.has(setting.field.env)
      ? `Probes, ports and volumes follow "${setting.field.label}", not ${name} here; change the setting.`
      : undefined
  }),
}

const overrides: Rule = {
  id: 'env-overrides',
  severity: 'warning',
  demand: 'Extra variables replace no setting',
  applies: hasExtra,
  check: each('Hides a setting', (name, value) => {
    const setting = settingOfVariable(name)
    return setting?.field.env && !followed.has(setting.field.env) && refusalOf(name, value) === undefined
      ? `${name} wins over the setting "${setting.field.label}", and no check looks at it there.`
      : undefined
  }),
}

/** Names that look as if they did something, and what does. */
const idle: Readonly<Record<string, string>> = {
  WEB_CONCURRENCY: 'the setting "Workers"',
  FORWARDED_ALLOW_IPS: 'the setting "Trusted proxies"',
  UVICORN_HOST: 'the setting "Bind address"',
  UVICORN_PORT: 'the setting "Container port"',
  UVICORN_PROXY_HEADERS: 'the setting "Trusted proxies"',
  UVICORN_ACCESS_LOG: "the application's own request log",
  APP_DATABASE_POOL_MAX_OVERFLOW: 'the setting "Burst connections"',
}

const ineffective: Rule = {
  id: 'env-ineffective',
  severity: 'warning',
  demand: 'Every extra variable does something',
  applies: hasExtra,
  check: each('Has no effect', (name) => (Object.hasOwn(idle, name) ? `${name} does nothing in this image; what counts is ${idle[name]}.` : undefined)),
}

const platforms: readonly Platform[] = ['kubernetes', 'compose', 'container']

const conflicts: Rule = {
  id: 'env-conflict',
  severity: 'error',
  demand: 'Extra variables go together with the settings',
  applies: hasExtra,
  check: (config) => {
    const seen = new Map(platforms.filter((platform) => runsOn(config, platform)).flatMap((platform) => broughtAbout(config, platform)))
    return [...seen].map(([reason, culprits]) => ({
      path: 'extraEnv' as Path,
      title: 'Start is refused',
      message: `With ${listed(culprits)} here the application refuses to start: ${reason}.`,
      fix: {
        label: `Remove ${listed(culprits)}`,
        patch: { extraEnv: Object.fromEntries(Object.entries(config.extraEnv).filter(([name]) => !culprits.includes(name))) },
      },
    }))
  },
}

/** Refusals that are there only because of extra variables, each with those. */
function broughtAbout(config: Config, platform: Platform): readonly (readonly [string, readonly string[]])[] {
  const names = Object.keys(config.extraEnv).filter((name) => settingOfVariable(name))
  if (names.length === 0) return []
  const { plain, secret } = environmentOf(config, platform)
  const known = {
    plain: new Map(plain.map(({ name, value }) => [settingOfVariable(name)?.field.env ?? name, value])),
    secret: new Set([...secret.map(({ name }) => name), ...(platform === 'kubernetes' ? ['APP_RATE_LIMIT_STORAGE_URL'] : [])]),
  }
  return refusalsOf(known).flatMap(({ reason, names: involved }) => {
    const culprits = names.filter((name) => involved.includes(settingOfVariable(name)?.field.env ?? name))
    return culprits.length > 0 ? [[reason, culprits] as const] : []
  })
}

const sourceSecrets: Rule = {
  id: 'env-from-secret-name',
  severity: 'info',
  demand: 'Secrets of the handlers come from a Secret',
  applies: onKubernetes,
  check: (config) =>
    config.existingSecret !== '' && config.existingSecret === (config['secret.name'] || `${config['release.name']}-secrets`)
      ? {
          path: 'existingSecret',
          title: 'The same Secret twice',
          message: `${config.existingSecret} already gives the variables that the settings name; as an extra Secret it gives all its keys, wanted or not.`,
          fix: { label: 'Clear it', patch: { existingSecret: '' } },
        }
      : undefined,
}

export const variableRules: readonly Rule[] = [names, secrets, refusedValues, detached, conflicts, secretNames, overrides, ineffective, sourceSecrets]
