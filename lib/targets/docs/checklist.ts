import { rules, type Finding, type Rule } from '../../checks/index.ts'
import type { Config } from '../../config/index.ts'
import { markdownCode, markdownText } from '../../text/markdown.ts'
import { peopleTasks } from './people.ts'

type Said = Omit<Finding, 'id' | 'severity'>

/** A rule with everything that it found: nothing where its demand is met. */
export type Judged = readonly [Rule, readonly Said[]]

/** The production checklist: what is open, what is met, and what only a person can do. */
export const checklist = (config: Config): string =>
  checklistOf(
    config,
    rules
      .filter((rule) => rule.applies(config))
      .map((rule): Judged => [rule, listOf(rule.check(config))]),
  )

const listOf = (said: ReturnType<Rule['check']>): readonly Said[] =>
  said === undefined ? [] : [said].flat()

/** The checklist of rules that have been asked already. */
export function checklistOf(config: Config, judged: readonly Judged[]): string {
  const open = judged.flatMap(([rule, found]) => found.map((said) => openLine(rule, said)))
  const met = judged.flatMap(([rule, found]) =>
    found.length > 0 ? [] : [`- [x] ${demandOf(rule)}`],
  )
  return `# Before production

What the configuration says about itself, and what it cannot know. Settings are named as in ${markdownCode('deploy.config.yaml')}.

## Open

${open.length > 0 ? open.join('\n') : 'Nothing.'}

## Only a person can do this

${peopleTasks(config)
  .map((task) => `- [ ] ${task}`)
  .join('\n')}

## Met

${met.length > 0 ? met.join('\n') : 'Nothing.'}
`
}

const demands = new Map(rules.map((rule) => [rule, markdownText(rule.demand)]))

/** Escaped once, for there are many rules and what they demand never changes. */
const demandOf = (rule: Rule): string => demands.get(rule) ?? markdownText(rule.demand)

const weight = {
  error: 'must be fixed',
  warning: 'should be fixed',
  info: 'worth knowing',
} as const

const openLine = (rule: Rule, { path, message }: Said): string =>
  `- [ ] ${demandOf(rule)} (${weight[rule.severity]}, ${markdownCode(path)}): ${markdownText(message)}`
