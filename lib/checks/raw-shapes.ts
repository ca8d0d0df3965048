import { fieldAt, type Path } from '../config/index.ts'

type Item = Readonly<Record<string, unknown>>

/** What is wrong with one entry of a raw list; undefined when nothing is. */
type ItemCheck = (item: Item) => string | undefined

const isMap = (value: unknown): value is Item => typeof value === 'object' && value !== null && !Array.isArray(value)
const isText = (value: unknown): value is string => typeof value === 'string' && value !== ''

/** Keys that must hold something. */
const having =
  (...keys: readonly string[]): ItemCheck =>
  (item) => {
    const missing = keys.find((key) => item[key] === undefined || item[key] === null || item[key] === '')
    return missing && `lacks ${missing}`
  }

const onlyKeys =
  (...keys: readonly string[]): ItemCheck =>
  (item) => {
    const unknown = Object.keys(item).find((key) => !keys.includes(key))
    return unknown && `has ${unknown}, which is not one of ${keys.join(', ')}`
  }

const inOrder =
  (...checks: readonly ItemCheck[]): ItemCheck =>
  (item) =>
    checks.map((check) => check(item)).find(Boolean)

const publicHost = fieldAt('public.hosts') as { readonly pattern: string; readonly hint: string }
const hostName = new RegExp(publicHost.pattern)
const pathTypes = ['Prefix', 'Exact', 'ImplementationSpecific']

const hostNameProblem: ItemCheck = ({ host }) =>
  !isText(host) ? 'has a host that is no text' : host === '*' || hostName.test(host) ? undefined : `has the host ${host}, which must be ${publicHost.hint}`

const pathsProblem: ItemCheck = ({ paths = [] }) => {
  if (paths === null) return undefined
  if (!Array.isArray(paths)) return 'has paths that are no list'
  for (const path of paths as readonly unknown[]) {
    const problem = isMap(path) ? onlyKeys('path', 'pathType')(path) : 'has a path that is no map'
    if (problem) return problem
    const { path: given = '/', pathType = 'Prefix' } = path as Item
    if (!isText(given) || !given.startsWith('/')) return 'has a path that does not begin with /'
    if (!pathTypes.includes(pathType as string)) return `has a pathType that is not one of ${pathTypes.join(', ')}`
  }
  return undefined
}

const tlsProblem: ItemCheck = ({ secretName, hosts = [] }) => {
  if (secretName !== undefined && typeof secretName !== 'string') return 'has a secretName that is no text'
  return Array.isArray(hosts) && hosts.every(isText) ? undefined : 'has hosts that are no list of texts'
}

const sourceProblem: ItemCheck = (item) => {
  const source = item.configMapRef ?? item.secretRef
  return isMap(source) && isText(source.name) ? undefined : 'lacks configMapRef or secretRef with a name'
}

/** Source: Kubernetes' rules of names; RBAC takes whatever a URL's path can have. */
const isName = (name: string, kind: unknown): boolean =>
  /^(Cluster)?Role(Binding)?$/.test(String(kind)) ? !/^\.{1,2}$|[/%]/.test(name) : name.length < 254 && /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/.test(name)

const objectProblem: ItemCheck = (item) => {
  const isTemplate = (text: unknown): boolean => isText(text) && text.includes('{{')
  if (!isTemplate(item.apiVersion) && !/^([a-z0-9.-]+\/)?v[a-z0-9]+$/.test(String(item.apiVersion))) return 'has an apiVersion that is none, such as v1 or apps/v1'
  if (!isTemplate(item.kind) && !/^[A-Z][A-Za-z0-9]*$/.test(String(item.kind))) return 'has a kind that is none, such as ConfigMap'
  const { name, generateName } = isMap(item.metadata) ? item.metadata : {}
  if (!name && !generateName) return 'lacks metadata.name'
  const given = String(name || generateName)
  return isTemplate(given) || isName(given, item.kind) ? undefined : 'has a metadata.name that is none: lower-case letters, digits, dashes and dots'
}

const textsProblem =
  (...keys: readonly string[]): ItemCheck =>
  (item) => {
    const bad = keys.find((key) => item[key] !== undefined && typeof item[key] !== 'string')
    return bad && `has a ${bad} that is no text`
  }

const portProblem: ItemCheck = ({ port = 1 }) => (Number.isInteger(port) && (port as number) > 0 && (port as number) < 65536 ? undefined : 'has a port that is none')

const anyMap: ItemCheck = () => undefined

const itemChecks: Readonly<Partial<Record<Path, ItemCheck>>> = {
  'ingress.hosts': inOrder(having('host'), onlyKeys('host', 'paths'), hostNameProblem, pathsProblem),
  'ingress.tls': inOrder(onlyKeys('secretName', 'hosts'), tlsProblem),
  'httpRoute.parentRefs': inOrder(having('name'), onlyKeys('name', 'namespace', 'sectionName', 'port', 'group', 'kind'), textsProblem('name', 'namespace', 'sectionName', 'group', 'kind'), portProblem),
  'httpRoute.rules': anyMap,
  'prometheusRule.extraRules': having('expr'),
  'litestream.env': having('name'),
  'networkPolicy.ingressFrom': anyMap,
  'networkPolicy.extraEgress': anyMap,
  'serviceMonitor.metricRelabelings': anyMap,
  'serviceMonitor.relabelings': anyMap,
  topologySpreadConstraints: having('topologyKey', 'maxSkew', 'whenUnsatisfiable'),
  tolerations: anyMap,
  extraEnvFrom: sourceProblem,
  extraVolumes: having('name'),
  extraVolumeMounts: having('name', 'mountPath'),
  initContainers: having('name', 'image'),
  sidecars: having('name', 'image'),
  hostAliases: having('ip', 'hostnames'),
  extraObjects: inOrder(having('apiVersion', 'kind'), objectProblem),
}

const imageRegistry = fieldAt('image.registry') as { readonly pattern: string; readonly hint: string }

const mapChecks: Readonly<Partial<Record<Path, ItemCheck>>> = {
  global: ({ imageRegistry: given }) =>
    given === undefined || given === null || (typeof given === 'string' && new RegExp(imageRegistry.pattern).test(given)) ? undefined : `imageRegistry must be ${imageRegistry.hint}`,
}

/** Why Kubernetes or the chart would refuse what a YAML setting holds; undefined where neither would. */
export function rawShapeProblem(path: Path, value: unknown): string | undefined {
  if (isMap(value)) return mapChecks[path]?.(value)
  const check = itemChecks[path]
  if (!check || !Array.isArray(value)) return undefined
  for (const [at, item] of value.entries()) {
    const problem = isMap(item) ? check(item) : 'is no map of "key: value"'
    if (problem) return `entry ${at + 1} ${problem}`
  }
  return undefined
}
