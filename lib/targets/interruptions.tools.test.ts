import { chmodSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { dockerOf, dockerStandIn, setDocker, type Container, type DockerState } from '../../testing/docker-stand-in.ts'
import { interrupt, release, report, type Scenario } from '../../testing/interruptions.ts'
import { machine, type Machine } from '../../testing/scripts.ts'
import { variation } from '../../testing/variations.ts'
import type { Config } from '../config/index.ts'
import { machinePaths } from '../plan/index.ts'
import { compose } from './compose/index.ts'
import { container } from './container/index.ts'
import { envFile } from './env-file/index.ts'
import { proxy } from './proxy/index.ts'

const made: Machine[] = []
afterAll(() => made.forEach((one) => one.remove()))

/** A machine with the bundle and secrets of its own. */
function prepared(config: Config): Machine {
  const one = machine(
    [
      ...[compose, container, envFile, proxy].flatMap((target) => target.render(config)),
      ...['app', 'postgres', 'redis'].map((name) => ({ path: `secrets/${name}.env`, text: `X=${name}\n` })),
    ],
    dockerStandIn,
  )
  for (const name of ['app', 'postgres', 'redis']) chmodSync(join(one.folder, `secrets/${name}.env`), 0o600)
  made.push(one)
  return one
}

/** The same with a release that runs. */
function deployed(config: Config, script: string): Machine {
  const one = prepared(config)
  release(one, 'old')
  const { status, stderr } = one.run(script, { args: ['old:1'] })
  if (status !== 0) throw new Error(stderr)
  return one
}

/** A container that runs and is ready. */
const named = ({ containers }: DockerState, name: string): Container | undefined => (containers[name]?.running && containers[name].good ? containers[name] : undefined)

const inStack = (state: DockerState) => named(state, 'app')
const inColours = (state: DockerState) => (named(state, 'caddy') && state.served ? named(state, state.served) : undefined)
const alone = (state: DockerState) => named(state, 'chassis')

const old = { image: 'old:1', release: 'old' } as const
const common = { args: ['new:2'], before: old, after: { image: 'new:2', release: 'new' } } as const
const stack = variation('vm-compose')
const colours: Config = { ...stack, 'vm.zeroDowntime': true }
const sqlite: Config = { ...variation('sqlite in Compose'), 'vm.backup': true }
const single: Config = { ...variation('vm-container'), 'database.backend': 'postgres' }

const { deployCompose, dockerRun, restore } = machinePaths
const ofStack = (config: Config, serving: Scenario['serving'] = inStack): Scenario => ({ ...common, machine: deployed(config, deployCompose), script: deployCompose, serving })
const ofContainer = (config: Config): Scenario => ({ ...common, machine: deployed(config, dockerRun), script: dockerRun, serving: alone })

/** The same with a new release that does not become ready. */
function bad(scenario: Scenario): Scenario {
  setDocker(scenario.machine, { ...dockerOf(scenario.machine), bad: ['new:2'] })
  return { ...scenario, goesBack: true }
}

const first = (config: Config, { script, serving }: Pick<Scenario, 'script' | 'serving'>): Scenario => ({ ...common, machine: prepared(config), script, serving, before: undefined })

function ofRestore(config: Config, { script, serving }: Pick<Scenario, 'script' | 'serving'>, deploy: string, dump: string): Scenario {
  const one = deployed(config, deploy)
  setDocker(one, { ...dockerOf(one), dumps: [dump] })
  return { machine: one, script, args: ['--force', 'latest'], serving, before: old, after: old }
}

/** The way back to the colour that served before. */
function back(): Scenario {
  const one = deployed(colours, deployCompose)
  release(one, 'new')
  one.run(deployCompose, { args: ['new:2'] })
  return { machine: one, script: deployCompose, args: ['--back'], serving: inColours, before: common.after, after: old, alternates: true }
}

const kept: Config = { ...variation('vm-container'), 'vm.backup': true }

const scenarios: Readonly<Record<string, () => Scenario>> = {
  'the stack': () => ofStack(stack),
  'the stack, first deployment': () => first(stack, { script: deployCompose, serving: inStack }),
  'the stack, bad release': () => bad(ofStack(stack)),
  'the stack with backups, SQLite': () => ofStack(sqlite),
  'the stack with backups, SQLite, bad release': () => bad(ofStack(sqlite)),
  'two colours': () => ofStack(colours, inColours),
  'two colours, first deployment': () => first(colours, { script: deployCompose, serving: inColours }),
  'two colours, bad release': () => bad(ofStack(colours, inColours)),
  'two colours, the way back': back,
  'one container': () => ofContainer(single),
  'one container, first deployment': () => first(single, { script: dockerRun, serving: alone }),
  'one container, bad release': () => bad(ofContainer(single)),
  'one container, SQLite': () => ofContainer(variation('vm-container')),
  'one container, SQLite, bad release': () => bad(ofContainer(variation('vm-container'))),
  'a restore': () => ofRestore({ ...stack, 'vm.backup': true }, { script: restore, serving: inStack }, deployCompose, '20260101T000000Z.dump'),
  'a restore, SQLite': () => ofRestore(sqlite, { script: restore, serving: inStack }, deployCompose, '20260101T000000Z.db'),
  'one container, SQLite, with backups': () => ofContainer(kept),
  'a restore, one container': () => ofRestore(kept, { script: restore, serving: alone }, dockerRun, '20260101T000000Z.db'),
  'a restore, two colours': () => ofRestore({ ...colours, 'vm.backup': true }, { script: restore, serving: inColours }, deployCompose, '20260101T000000Z.dump'),
}

test.each(Object.keys(scenarios))(
  '%s: whatever fails or cuts it off, somebody answers',
  async (name) => {
    expect(report(name, await interrupt((scenarios[name] as () => Scenario)()))).toEqual([])
  },
  600_000,
)
