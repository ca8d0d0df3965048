import { parseArgs } from 'node:util'

/** What the user did wrong, in one line; the command ends with status 2. */
export class UsageError extends Error {}

/** Where a configuration comes from, and what is changed in it. */
export interface Source {
  readonly preset?: string
  readonly config?: string
  readonly link?: string
  readonly set: readonly string[]
}

export type Command =
  | { readonly name: 'render'; readonly source: Source; readonly out?: string; readonly zip?: string }
  | { readonly name: 'presets' }
  | { readonly name: 'check'; readonly source: Source; readonly json: boolean }
  | { readonly name: 'link'; readonly source: Source }
  | { readonly name: 'template'; readonly words: readonly string[] }
  | { readonly name: 'help' }

const sourceOptions = {
  preset: { type: 'string' },
  config: { type: 'string' },
  link: { type: 'string' },
  set: { type: 'string', multiple: true },
} as const

/** Reads the words after the program's name; throws `UsageError`. */
export function readArgs(words: readonly string[]): Command {
  const [name, ...rest] = words
  if (name !== 'template' && rest.some((word) => word === '--help' || word === '-h')) return { name: 'help' }
  switch (name) {
    case 'render': {
      const { values } = parse(rest, { ...sourceOptions, out: { type: 'string' }, zip: { type: 'string' } })
      if ((values.out === undefined) === (values.zip === undefined)) throw new UsageError('render: give either --out DIR or --zip FILE')
      return { name, source: sourceOf(values), out: values.out, zip: values.zip }
    }
    case 'presets':
      parse(rest, {})
      return { name }
    case 'check': {
      const { values } = parse(rest, { ...sourceOptions, json: { type: 'boolean' } })
      return { name, source: sourceOf(values), json: values.json ?? false }
    }
    case 'link':
      return { name, source: sourceOf(parse(rest, sourceOptions).values) }
    case 'template':
      return { name, words: rest }
    case undefined:
    case 'help':
    case '--help':
    case '-h':
      return { name: 'help' }
    default:
      throw new UsageError(`unknown command “${name}”; the commands are render, presets, check, link and template`)
  }
}

type Options = NonNullable<NonNullable<Parameters<typeof parseArgs>[0]>['options']>

function parse<const O extends Options>(words: readonly string[], options: O) {
  try {
    return parseArgs({ args: [...words], options, strict: true })
  } catch (error) {
    throw new UsageError((error as Error).message.split('\n')[0]?.replace(/\. To specify.*$/, '') ?? 'bad options')
  }
}

function sourceOf(values: { preset?: string; config?: string; link?: string; set?: string[] }): Source {
  const given = (['preset', 'config', 'link'] as const).filter((name) => values[name] !== undefined)
  if (given.length > 1) throw new UsageError(`give only one of ${given.map((name) => `--${name}`).join(', ')}`)
  return { preset: values.preset, config: values.config, link: values.link, set: values.set ?? [] }
}

export const help = `Chassis Configurator: the deployment of a FastAPI Chassis service.

  render   [SOURCE] (--out DIR | --zip FILE)   write the bundle
  check    [SOURCE] [--json]                   say what is wrong; status 1 on errors
  link     [SOURCE]                            print the fragment of the link
  presets                                      list the starting points
  template [NAME] CHART [OPTIONS]              print what helm template prints; CHART is a folder
                                               or a .tgz, OPTIONS are those of helm template,
                                               which template --help lists

SOURCE is one of --preset NAME, --config deploy.config.yaml, --link URL, then any number
of --set path=value, such as --set database.postgres.host=db.internal.
`
