import { allSettings, type Config, type Field, type Patch, type Setting } from '../config/index.ts'

/** What is known of environment variables: which setting has one, and what the application makes of a text. */

const byVariable = new Map(allSettings.flatMap((setting) => (setting.field.env ? [[setting.field.env, setting] as const] : [])))

/** The application takes its own variables in any case. */
const canonical = (name: string): string => (/^app_/i.test(name) ? name.toUpperCase() : name)

/** The declared setting or secret behind a variable. */
export const declaredVariable = (name: string): Setting | undefined => byVariable.get(canonical(name))

/** The setting behind a variable, where it is one that a configuration holds. */
export const settingOfVariable = (name: string): (Setting & { readonly path: keyof Config }) | undefined => {
  const setting = declaredVariable(name)
  return setting && setting.field.kind !== 'secret' ? (setting as Setting & { readonly path: keyof Config }) : undefined
}

/** Extra variables without one of them. */
export const withoutVariable = (config: Config, name: string): Patch => ({
  extraEnv: Object.fromEntries(Object.entries(config.extraEnv).filter(([other]) => other !== name)),
})

const truths = /^(true|false|1|0|on|off|yes|no|y|n|t|f)$/i
const wholeNumber = /^\s*[+-]?[0-9]+(_[0-9]+)*(\.0+)?\s*$/
const plainNumber = /^\s*[+-]?[0-9]+(_[0-9]+)*\s*$/

/** Why the application would not start with this text in a variable; undefined where it would. */
export function refusalOf(name: string, text: string): string | undefined {
  const setting = settingOfVariable(name)
  return setting && refusedBy(setting.field, canonical(name), text)
}

function refusedBy(field: Field, name: string, text: string): string | undefined {
  switch (field.kind) {
    case 'bool':
      return truthProblem(name, text)
    case 'int':
      return numberProblem(field, name, text)
    case 'choice':
      return field.options.some(({ value }) => value === text) ? undefined : `it must be one of ${field.options.map(({ value }) => value).join(', ')}`
    case 'list':
      return field.separator === undefined ? listProblem(text) : undefined
    case 'text':
      return textProblem(name, text)
    default:
      return undefined
  }
}

function truthProblem(name: string, text: string): string | undefined {
  // The image's shell script compares with the one word.
  if (name === 'RUN_DB_MIGRATIONS') return /^(true|false)$/.test(text) ? undefined : 'the image knows only true and false'
  return truths.test(text) ? undefined : 'it must be true or false'
}

function numberProblem(field: Field & { kind: 'int' }, name: string, text: string): string | undefined {
  if (!(name.startsWith('APP_') ? wholeNumber : plainNumber).test(text)) return 'it must be a whole number'
  const value = Number(text.replaceAll('_', ''))
  return value < field.min || value > field.max ? `it must be from ${field.min} to ${field.max}` : undefined
}

function listProblem(text: string): string | undefined {
  try {
    const list: unknown = JSON.parse(text)
    if (Array.isArray(list) && list.every((item) => typeof item === 'string')) return undefined
  } catch {
    // Said below.
  }
  return 'it must be a JSON array of texts such as ["a","b"]'
}

function textProblem(name: string, text: string): string | undefined {
  if (name.endsWith('_CHECK_PATH')) return text.startsWith('/') ? undefined : 'it must begin with /'
  if (name === 'APP_AUTH_JWKS_URL') return text === '' || text.startsWith('https://') ? undefined : 'it must begin with https://'
  if (name === 'APP_HOST') return text === '0.0.0.0' || text === '::' ? undefined : 'anything but 0.0.0.0 or :: makes the port unreachable'
  return undefined
}
