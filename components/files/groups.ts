/** Files that are looked at together: a tab. */
export interface Group {
  readonly id: string
  readonly label: string
  /** What its files are, in a few words. */
  readonly note: string
  readonly has: (path: string) => boolean
}

const below =
  (...starts: readonly string[]) =>
  (path: string): boolean =>
    starts.some((start) => path.startsWith(start))

/** Every tab; one without files is not shown. */
export const groups: readonly Group[] = [
  {
    id: 'manifests',
    label: 'Manifests',
    note: 'exactly what helm template prints',
    has: below('manifests/'),
  },
  {
    id: 'values',
    label: 'Values',
    note: 'what this deployment changes',
    has: (path) => /^deploy\/.*values[^/]*\.yaml$/.test(path),
  },
  {
    id: 'chart',
    label: 'Chart',
    note: 'the chart itself, the same for every service',
    has: below('chart/'),
  },
  {
    id: 'gitops',
    label: 'GitOps',
    note: 'what a controller installs, in its order',
    has: below('gitops/'),
  },
  {
    id: 'secrets',
    label: 'Secrets',
    note: 'how the Secrets of the cluster come to be, without values',
    has: below('deploy/secrets/', '.sops.yaml'),
  },
  {
    id: 'compose',
    label: 'Compose',
    note: 'the stack on one machine',
    has: (path) => /compose/.test(path) && !path.startsWith('.github/'),
  },
  {
    id: 'machine',
    label: 'Machine',
    note: 'scripts, variables and units of the machine',
    has: (path) => /^(ops|secrets)\/|^deploy\/[^/]+\.(service|env|env\.example)$/.test(path),
  },
  {
    id: 'proxy',
    label: 'Proxy',
    note: 'what stands in front of the application on a machine',
    has: (path) => /^deploy\/(container\/)?(Caddyfile$|nginx\.conf$|traefik\/)/.test(path),
  },
  {
    id: 'monitoring',
    label: 'Monitoring',
    note: 'what Prometheus and Grafana need for a machine',
    has: (path) => /^deploy\/(prometheus(-alerts)?\.yml|grafana-dashboard\.json)$/.test(path),
  },
  { id: 'workflows', label: 'Workflows', note: 'GitHub Actions', has: below('.github/') },
  {
    id: 'readme',
    label: 'README',
    note: 'the commands for this deployment, in order',
    has: (path) => path === 'README.md',
  },
  { id: 'bundle', label: 'Bundle', note: 'everything in the download', has: () => true },
]

export const groupAt = (id: string): Group =>
  groups.find((group) => group.id === id) ?? (groups.at(-1) as Group)

/** The first tab that shows a path. */
export const groupOf = (path: string): Group => groups.find((group) => group.has(path)) as Group

/** The files that say most, best first. */
const telling = [
  /^manifests\/configmap\.yaml$/,
  /^manifests\/deployment\.yaml$/,
  /^deploy\/values\.yaml$/,
  /^[^/]*compose[^/]*\.ya?ml$/,
  /^ops\/docker-run\.sh$/,
  /^Chart\.yaml$/,
  /\.env$/,
]

/** The file to show when nobody has chosen one. */
export const mostTelling = (paths: readonly string[]): string | undefined =>
  telling
    .map((shape) => paths.find((path) => shape.test(path)))
    .find((path) => path !== undefined) ?? paths[0]
