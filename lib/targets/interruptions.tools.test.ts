import { afterAll, expect, test } from 'vitest'
import { dockerOf, dockerStandIn, setDocker, type DockerState } from '../../testing/docker-stand-in.ts'
import { interrupt, report, type Scenario } from '../../testing/interruptions.ts'
import { machine, type Machine } from '../../testing/scripts.ts'
import { variation } from '../../testing/variations.ts'
import type { Config } from '../config/index.ts'
import { machinePaths, secretFilesOf } from '../plan/index.ts'
import { compose } from './compose/index.ts'
import { container } from './container/index.ts'
import { envFile } from './env-file/index.ts'
import { proxy } from './proxy/index.ts'

const made: Machine[] = []
afterAll(() => made.forEach((one) => one.remove()))

function prepared(config: Config): Machine {
  const one = machine(
    [
      ...[compose, container, envFile, proxy].flatMap((target) => target.render(config)),
      ...secretFilesOf(config, 'compose').map((path) => ({ path, text: 'X=1\n' })),
    ],
    dockerStandIn,
  )
  made.push(one)
  return one
}

function deployed(config: Config, script: string): Machine {
  const one = prepared(config)
  const { status, stderr } = one.run(script, { args: ['old:1'] })
  if (status !== 0) throw new Error(stderr)
  return one
}

/** The image of a container that runs and is ready; the way back gives an old image another name. */
const imageOf = ({ containers }: DockerState, name: string): string | undefined => {
  const found = containers[name]
  if (!found?.running || !found.good) return undefined
  return found.image === 'chassis-rollback:previous' ? 'old:1' : found.image
}

const common = { args: ['new:2'], before: 'old:1', after: 'new:2' } as const
const stack = variation('vm-compose')
const single = { ...variation('vm-container'), 'database.backend': 'postgres' as const }

const scenarios: Readonly<Record<string, () => Scenario>> = {
  'the stack': () => ({
    ...common,
    machine: deployed(stack, machinePaths.deployCompose),
    script: machinePaths.deployCompose,
    serving: (state) => imageOf(state, 'app'),
    survivesKill: true,
  }),
  'the stack with backups, SQLite': () => ({
    ...common,
    machine: deployed({ ...variation('sqlite in Compose'), 'vm.backup': true }, machinePaths.deployCompose),
    script: machinePaths.deployCompose,
    serving: (state) => imageOf(state, 'app'),
    survivesKill: true,
  }),
  'the stack in two colours': () => ({
    ...common,
    machine: deployed({ ...stack, 'vm.zeroDowntime': true }, machinePaths.deployCompose),
    script: machinePaths.deployCompose,
    serving: (state) => (imageOf(state, 'caddy') && state.served ? imageOf(state, state.served) : undefined),
    survivesKill: true,
  }),
  'one container': () => ({
    ...common,
    machine: deployed(single, machinePaths.dockerRun),
    script: machinePaths.dockerRun,
    serving: (state) => imageOf(state, 'chassis'),
    survivesKill: false,
  }),
  'one container, SQLite': () => ({
    ...common,
    machine: deployed(variation('vm-container'), machinePaths.dockerRun),
    script: machinePaths.dockerRun,
    serving: (state) => imageOf(state, 'chassis'),
    survivesKill: false,
  }),
  'a restore': () => {
    const one = deployed({ ...stack, 'vm.backup': true }, machinePaths.deployCompose)
    setDocker(one, { ...dockerOf(one), dumps: ['20260101T000000Z.dump'] })
    return {
      machine: one,
      script: machinePaths.restore,
      args: ['--force', 'latest'],
      serving: (state) => imageOf(state, 'app'),
      before: 'old:1',
      after: 'old:1',
      survivesKill: false,
    }
  },
}

test.each(Object.keys(scenarios))(
  '%s: whatever fails or cuts it off, somebody answers',
  (name) => {
    expect(report(name, interrupt((scenarios[name] as () => Scenario)()))).toEqual([])
  },
  600_000,
)
