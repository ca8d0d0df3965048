import { matches, podsIn, type Manifest, type PodIn } from '../chart.ts'

export type Release = readonly Manifest[]

export interface Condition {
  readonly demand: string
  /** The rules as their tools call them: tool and id. */
  readonly rules: readonly string[]
  /** What does not meet it. */
  readonly faults: (release: Release) => readonly string[]
  /** Changes a release so that it no longer meets it. */
  readonly breakIt: (release: Release) => unknown
}

/** The pods that stay or end; those of `helm test` are no part of what a release runs. */
const podsOf = (release: Release): readonly PodIn[] => podsIn(release.filter((one) => !isTest(one)))
const isTest = (one: Manifest): boolean => one.metadata.annotations?.['helm.sh/hook'] === 'test'
const servers = (release: Release): readonly PodIn[] =>
  podsIn(release).filter(({ owner }) => /^(Deployment|StatefulSet) /.test(owner))
export const workloadOf = (release: Release): Manifest =>
  release.find(({ kind }) => kind === 'Deployment' || kind === 'StatefulSet')
const containersOf = ({ spec }: PodIn): readonly Manifest[] => [
  ...(spec.initContainers ?? []),
  ...spec.containers,
]
export const firstPod = (release: Release): PodIn => podsOf(release)[0] as PodIn
const first = (release: Release): Manifest => firstPod(release).spec.containers[0]

/** A condition of every pod, those of tests included. */
export const pod = (
  demand: string,
  rules: readonly string[],
  holds: (pod: PodIn) => boolean,
  breakIt: (pod: PodIn) => unknown,
): Condition => ({
  demand,
  rules,
  faults: (release) =>
    podsIn(release)
      .filter((one) => !holds(one))
      .map(({ owner }) => owner),
  breakIt: (release) => breakIt(firstPod(release)),
})

/** A condition of every container. */
export const container = (
  demand: string,
  rules: readonly string[],
  holds: (container: Manifest, pod: PodIn) => boolean,
  breakIt: (container: Manifest) => unknown,
): Condition => ({
  demand,
  rules,
  faults: (release) =>
    podsIn(release).flatMap((one) =>
      containersOf(one)
        .filter((each) => !holds(each, one))
        .map(({ name }) => `${one.owner} ${name}`),
    ),
  breakIt: (release) => breakIt(first(release)),
})

/** A condition of the containers that answer requests. */
export const server = (
  demand: string,
  rules: readonly string[],
  holds: (container: Manifest) => boolean,
  breakIt: (container: Manifest) => unknown,
): Condition => ({
  ...container(demand, rules, holds, breakIt),
  faults: (release) =>
    servers(release).flatMap(({ owner, spec }) => (holds(spec.containers[0]) ? [] : [owner])),
})

export const object = (
  demand: string,
  rules: readonly string[],
  holds: (one: Manifest, release: Release) => boolean,
  breakIt: (release: Release) => unknown,
): Condition => ({
  demand,
  rules,
  faults: (release) =>
    release
      .filter((one) => !holds(one, release))
      .map(({ kind, metadata }) => `${kind} ${metadata.name}`),
  breakIt,
})

export const portsOf = (release: Release): readonly string[] =>
  servers(release).flatMap(({ spec }) =>
    spec.containers.flatMap(({ ports = [] }: Manifest) => ports.map(({ name }: Manifest) => name)),
  )
export const selects = (selector: Manifest, labels: Readonly<Record<string, string>>): boolean =>
  matches(selector ?? {}, labels)
export const variablesOf = ({ env = [] }: Manifest): readonly Manifest[] => env
