import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { dockerOf, setDocker, type DockerState, type Trouble } from './docker-stand-in.ts'
import type { Machine } from './scripts.ts'

/** A script that changes what runs, on a machine on which something runs already. */
export interface Scenario {
  /** A machine with a release; it is copied for every case. */
  readonly machine: Machine
  readonly script: string
  readonly args: readonly string[]
  /** The image that answers callers; undefined where nobody does. */
  serving(state: DockerState): string | undefined
  readonly before: string
  readonly after: string
  /** Whether somebody answers even where the script is killed without a word. */
  readonly survivesKill: boolean
}

/** What became of one case; no faults where nothing was lost. */
export interface Outcome {
  readonly trouble: Trouble
  readonly call: string
  readonly serving: string | undefined
  readonly faults: readonly string[]
}

/** A call that changes nothing can fail or be cut off; what comes of it is one and the same. */
const waysOf = (call: string, at: number): readonly Trouble['how'][] => {
  const signal = at % 2 === 0 ? 'TERM' : 'INT'
  return /\b(ps|version|config|logs|inspect|exec -T app|exec chassis)\b/.test(call) ? ['fails', signal] : ['fails', 'fails after', signal, 'KILL']
}

/** Runs the script once for every call of Docker that it makes and every way in which that call can go wrong. */
export function interrupt(scenario: Scenario): readonly Outcome[] {
  const first = dockerOf(scenario.machine).calls.length
  const good = attempt(scenario)
  const calls = good.state.calls.slice(first)
  good.machine.remove()
  if (good.status !== 0 || scenario.serving(good.state) !== scenario.after) throw new Error(`it fails by itself: ${good.stderr}`)
  return calls.flatMap(({ args }, at) =>
    waysOf(args, at).map((how) => outcomeOf(scenario, { call: first + at + 1, how }, args)),
  )
}

function outcomeOf(scenario: Scenario, trouble: Trouble, call: string): Outcome {
  const { machine, state, status, stderr } = attempt(scenario, trouble)
  const serving = scenario.serving(state)
  const faults: string[] = []
  if (serving === undefined && (trouble.how !== 'KILL' || scenario.survivesKill)) faults.push('nobody answers')
  if (status === 0 && serving !== scenario.after) faults.push('it says that all went well')
  if (trouble.how === 'fails' && status !== 0 && serving !== scenario.before) faults.push('it failed, and the previous release does not serve')
  if (secretsOf(machine) !== secretsOf(scenario.machine)) faults.push('the secrets have changed')
  if (trouble.how === 'KILL' || serving === undefined) {
    const again = attempt({ ...scenario, machine })
    if (again.status !== 0 || scenario.serving(again.state) !== scenario.after) faults.push(`a second run fails: ${again.stderr}`)
    again.machine.remove()
  }
  machine.remove()
  return { trouble, call, serving, faults: faults.map((fault) => `${fault}\n${stderr}`) }
}

function attempt({ machine: from, script, args }: Scenario, trouble?: Trouble) {
  const machine = from.copy()
  setDocker(machine, { ...dockerOf(machine), trouble })
  const { status, stderr } = machine.run(script, { args, env: { DEPLOY_TIMEOUT: '4' } })
  return { machine, status, stderr, state: dockerOf(machine) }
}

const secretsOf = ({ folder }: Machine): string => {
  const place = join(folder, 'secrets')
  return JSON.stringify(existsSync(place) ? readdirSync(place).map((name) => [name, readFileSync(join(place, name), 'utf8')]) : [])
}

/** One line for people, and the faults. */
export function report(name: string, outcomes: readonly Outcome[]): readonly string[] {
  const down = outcomes.filter(({ faults }) => faults.some((fault) => fault.startsWith('nobody answers'))).length
  console.log(`${name}: ${down} of ${outcomes.length} cases leave the service down`)
  return outcomes.flatMap(({ trouble, call, faults }) => faults.map((fault) => `${trouble.how} at ${trouble.call} (${call}): ${fault}`))
}
