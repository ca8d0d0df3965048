import { quote } from '../go/quote.ts'
import { defaultLimits, execute, ExecError, ParseError, parseTemplates, type Run } from '../gotemplate/index.ts'
import { HelmError } from './failure.ts'
import { helmFunctions } from './functions.ts'
import { seededRandom } from './random.ts'

const pattern = '^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$'
const valid = new RegExp(pattern)
const longest = 53

/** Throws `HelmError` for a name that no release can have. Source: Helm `ValidateReleaseName`. */
export function checkReleaseName(name: string): void {
  if (name === '') throw new HelmError('release name check failed: release name "": no name provided')
  if (valid.test(name) && name.length <= longest) return
  throw new HelmError(
    `release name check failed: release name ${quote(name)}: invalid release name, must match regex ${pattern} ` +
      `and the length must not be longer than ${longest}`,
  )
}

/** The name that a template such as `web-{{ randAlpha 4 | lower }}` gives (`--name-template`). Throws `HelmError`. */
export function nameFrom(template: string): string {
  try {
    const run: Run = { functions: sprigFunctions, limits: defaultLimits, templates: new Map(), steps: 0, depth: 0 }
    const parsed = parseTemplates({ name: 'name-template', text: template }, name => sprigFunctions.get(name) !== undefined)
    const root = parsed.get('name-template')
    return root ? execute({ ...run, templates: parsed }, root, null) : ''
  } catch (error) {
    if (error instanceof ParseError || error instanceof ExecError) throw new HelmError(error.message)
    throw error
  }
}

const sprigFunctions = helmFunctions({ include: () => '', tpl: () => '', lint: false, now: () => 0, random: seededRandom(1), spend: () => {} })
