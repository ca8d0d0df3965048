import type { Value } from '../go/value.ts'
import type { Chart } from './chart.ts'
import type { ActiveChart } from './dependencies.ts'
import { HelmError } from './failure.ts'
import { unheard, type Notify } from './notice.ts'
import { SchemaDocument, SchemaError } from './schema/document.ts'
import { checkSchema } from './schema/metaschema.ts'
import { problemText, type Problem } from './schema/problem.ts'
import { validate } from './schema/validate.ts'

/** Values that the schema of a chart refuses. */
export class SchemaViolation extends HelmError {
  override readonly name = 'SchemaViolation'
  constructor(
    message: string,
    /** What was found, per chart. */
    readonly problems: readonly { readonly chart: string; readonly problem: Problem }[],
  ) {
    super(message)
  }
}

/**
 * Throws `SchemaViolation` or `HelmError` if values do not fit the schemas of the chart and its
 * subcharts. Source: Helm `ValidateAgainstSchema`.
 */
export function validateValues(active: ActiveChart, values: ReadonlyMap<string, Value>, notify: Notify = unheard): void {
  const problems: Found[] = []
  const text = findings(active, values, problems, notify)
  if (text === '') return
  throw new SchemaViolation(`values don't meet the specifications of the schema(s) in the following chart(s):\n${text}`, problems)
}

type Found = SchemaViolation['problems'][number]

function findings(active: ActiveChart, values: ReadonlyMap<string, Value>, problems: Found[], notify: Notify): string {
  const { name, dependencies } = active
  let text = ownFindings(active, values, problems, notify)
  notify({ level: 'DEBUG', message: 'number of dependencies in the chart', about: [['chart', name], ['dependencies', String(dependencies.length)]] })
  for (const dependency of dependencies) {
    const section = values.get(dependency.name)
    if (section instanceof Map) text += findings(dependency, section, problems, notify)
  }
  return text
}

function ownFindings({ chart, name }: ActiveChart, values: ReadonlyMap<string, Value>, problems: Found[], notify: Notify): string {
  const { schema } = chart
  if (schema === undefined) return ''
  notify({ level: 'DEBUG', message: 'chart name', about: [['chart-name', name]] })
  try {
    const document = documentOf(chart, schema, () => notify({ level: 'DEBUG', message: 'unmarshalled JSON schema', about: [['schema', schema]] }))
    const problem = validate(document, values as Value)
    if (!problem) return ''
    problems.push({ chart: name, problem })
    return `${name}:\n${problemText(problem)}\n`
  } catch (error) {
    if (error instanceof SchemaError) return `${name}:\n${error.message}`
    throw error
  }
}

const documents = new WeakMap<Chart, SchemaDocument>()

function documentOf(chart: Chart, text: string, onRead: () => void): SchemaDocument {
  const known = documents.get(chart)
  if (known) {
    onRead()
    return known
  }
  const document = new SchemaDocument(text, { check: checkSchema, onRead })
  documents.set(chart, document)
  return document
}
