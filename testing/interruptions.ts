import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { dockerOf, setDocker, type Container, type DockerState, type Trouble } from './docker-stand-in.ts'
import type { Machine } from './scripts.ts'

/** A script that changes what runs, on a machine on which something runs already. */
export interface Scenario {
  /** A machine with a release; it is copied for every case. */
  readonly machine: Machine
  readonly script: string
  readonly args: readonly string[]
  /** The container that answers callers; undefined where nobody does. */
  serving(state: DockerState): Container | undefined
  /** What serves before; undefined where nothing is deployed yet. */
  readonly before: Release | undefined
  /** What serves when all goes well. */
  readonly after: Release
  /** What the script does by itself when nothing interrupts it, where that is not to go well: the new release is a bad one. */
  readonly goesBack?: boolean
  /** Whether a second run undoes what the first one did. */
  readonly alternates?: boolean
}

/** An image with the configuration that belongs to it. */
export interface Release {
  readonly image: string
  /** `RELEASE` in the application's environment. */
  readonly release: string
}

/** What became of one case; no faults where nothing was lost. */
export interface Outcome {
  readonly trouble: Trouble
  readonly call: string
  readonly faults: readonly string[]
}

/** A call that only asks leaves the state of the one before it, whatever cuts the script off there. */
const waysOf = (call: string, at: number): readonly Trouble['how'][] => {
  const signal = at % 2 === 0 ? 'TERM' : 'INT'
  return /\b(ps|version|config|logs|inspect|exec -T app|exec chassis)\b/.test(call) ? ['fails', signal] : ['fails', 'fails after', 'TERM', 'INT', 'KILL']
}

/** Runs the script once for every call of Docker that it makes and every way in which that call can go wrong. */
export async function interrupt(scenario: Scenario): Promise<readonly Outcome[]> {
  const first = dockerOf(scenario.machine).calls.length
  const good = await attempt(scenario)
  const calls = good.state.calls.slice(first)
  good.machine.remove()
  const ended = nameOf(scenario.serving(good.state))
  if (scenario.goesBack ? good.status === 0 || ended !== nameOf(scenario.before) : good.status !== 0 || ended !== nameOf(scenario.after))
    throw new Error(`it ends with ${ended} by itself: ${good.stderr}`)
  const cases = calls.flatMap(({ args }, at) => waysOf(args, at).map((how) => ({ call: args, trouble: { call: first + at + 1, how } })))
  const outcomes: Outcome[] = []
  let next = 0
  const work = async (): Promise<void> => {
    for (let one = cases[next++]; one; one = cases[next++]) outcomes.push(await outcomeOf(scenario, one.trouble, one.call))
  }
  await Promise.all(Array.from({ length: 2 * availableParallelism() }, work))
  return outcomes
}

async function outcomeOf(scenario: Scenario, trouble: Trouble, call: string): Promise<Outcome> {
  const { machine, state, status, stderr } = await attempt(scenario, trouble)
  const faults = [...faultsOf(scenario, scenario.serving(state), status, trouble), ...secretFaults(scenario, machine)].map((fault) => `${fault}\n${stderr}`)
  const again = await attempt({ ...scenario, ...(scenario.goesBack ? { args: ['newer:3'] } : {}), machine })
  const done = scenario.alternates && nameOf(scenario.serving(state)) === nameOf(scenario.after)
  const wanted = done ? nameOf(scenario.before) : scenario.goesBack ? nameOf({ ...scenario.after, image: 'newer:3' }) : nameOf(scenario.after)
  if (again.status !== 0 || nameOf(scenario.serving(again.state)) !== wanted) faults.push(`a second run fails: ${again.stderr}\nafter the first: ${stderr}`)
  again.machine.remove()
  machine.remove()
  return { trouble, call, faults }
}

const nameOf = (one: Partial<Release> | undefined): string => (one ? `${one.image} with the configuration ${one.release ?? 'of nobody'}` : 'nobody')

function faultsOf({ before, after, goesBack }: Scenario, serving: Container | undefined, status: number | null, { how }: Trouble): readonly string[] {
  const [old, next, now] = [nameOf(before), nameOf(after), nameOf(serving)]
  if (now === 'nobody') return before ? ['nobody answers'] : status === 0 ? ['it says that all went well, and nobody answers'] : []
  if (goesBack) return now === old ? [] : [`${now} serves`]
  if (now !== old && now !== next) return [`${now} serves: image and configuration are of two releases`]
  if (status === 0 && now !== next) return ['it says that all went well']
  if (how === 'fails' && status !== 0 && now !== old) return ['it failed, and the previous release does not serve']
  return []
}

/** The new release lies on the machine, as it does after it was copied there. */
async function attempt({ machine: from, script, args, after }: Scenario, trouble?: Trouble) {
  const machine = from.copy()
  release(machine, after.release)
  setDocker(machine, { ...dockerOf(machine), trouble })
  const { status, stderr } = await machine.begin(script, { args, env: { DEPLOY_TIMEOUT: '4' } })
  return { machine, status, stderr, state: dockerOf(machine) }
}

/** Writes the environment of a release. */
export function release({ folder }: Machine, name: string): void {
  const file = join(folder, 'deploy/app.env')
  writeFileSync(file, `${readFileSync(file, 'utf8').replace(/^RELEASE=.*\n/m, '')}RELEASE=${name}\n`)
}

function secretFaults(scenario: Scenario, machine: Machine): readonly string[] {
  const [before, now] = [secretsOf(scenario.machine), secretsOf(machine)]
  return before.length > 2 && before === now ? [] : ['the secrets or their modes have changed']
}

const secretsOf = ({ folder }: Machine): string => {
  const place = join(folder, 'secrets')
  if (!existsSync(place)) return ''
  return JSON.stringify(readdirSync(place).toSorted().map((name) => [name, (statSync(join(place, name)).mode & 0o777).toString(8), readFileSync(join(place, name), 'utf8')]))
}

/** One line for people, and the faults. */
export function report(name: string, outcomes: readonly Outcome[]): readonly string[] {
  const down = outcomes.filter(({ faults }) => faults.some((fault) => fault.startsWith('nobody answers'))).length
  const changed = outcomes.filter(({ faults }) => faults.some((fault) => fault.startsWith('the secrets'))).length
  const calls = new Set(outcomes.map(({ trouble }) => trouble.call)).size
  console.log(`${name}: ${calls} calls of Docker, ${outcomes.length} cases: ${down} leave the service down, ${changed} change a secret`)
  return outcomes.flatMap(({ trouble, call, faults }) => faults.map((fault) => `${trouble.how} at ${trouble.call} (${call}): ${fault}`))
}
