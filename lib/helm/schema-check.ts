import type { Value } from '../go/value.ts'
import type { Chart } from './chart.ts'
import type { ActiveChart } from './dependencies.ts'
import { HelmError } from './failure.ts'
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
export function validateValues(active: ActiveChart, values: ReadonlyMap<string, Value>): void {
  const problems: { chart: string; problem: Problem }[] = []
  const text = findings(active, values, problems)
  if (text === '') return
  throw new SchemaViolation(`values don't meet the specifications of the schema(s) in the following chart(s):\n${text}`, problems)
}

function findings(active: ActiveChart, values: ReadonlyMap<string, Value>, problems: { chart: string; problem: Problem }[]): string {
  let text = ownFindings(active, values, problems)
  for (const dependency of active.dependencies) {
    const section = values.get(dependency.name)
    if (section instanceof Map) text += findings(dependency, section, problems)
  }
  return text
}

function ownFindings({ chart, name }: ActiveChart, values: ReadonlyMap<string, Value>, problems: { chart: string; problem: Problem }[]): string {
  if (chart.schema === undefined) return ''
  try {
    const problem = validate(documentOf(chart, chart.schema), values as Value)
    if (!problem) return ''
    problems.push({ chart: name, problem })
    return `${name}:\n${problemText(problem)}\n`
  } catch (error) {
    if (error instanceof SchemaError) return `${name}:\n${error.message}`
    throw error
  }
}

const documents = new WeakMap<Chart, SchemaDocument>()

function documentOf(chart: Chart, text: string): SchemaDocument {
  const document = documents.get(chart) ?? new SchemaDocument(text, { check: checkSchema })
  documents.set(chart, document)
  return document
}
