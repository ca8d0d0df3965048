import type { Config } from '../../config/index.ts'
import { quantityOf } from '../../text/quantity.ts'
import type { Rule } from '../rule.ts'
import { all, on, onKubernetes } from '../when.ts'

const enabled = all(onKubernetes, on('litestream.enabled'), (config) => config['database.backend'] === 'sqlite')
const turnOff = { label: 'Turn Litestream off', patch: { 'litestream.enabled': false } }

const url = (config: Config): string => config['litestream.replica.url']
const inBucket = (config: Config): boolean => config['litestream.replica.bucket'] !== '' || config['litestream.replica.path'] !== ''

const place: Rule = {
  id: 'litestream-place',
  severity: 'error',
  demand: 'Litestream knows where the copy goes',
  applies: enabled,
  check: (config) => {
    if (url(config) !== '') return undefined
    const missing = (['bucket', 'path'] as const).find((part) => config[`litestream.replica.${part}`] === '')
    return missing
      ? { path: `litestream.replica.${missing}`, title: 'No place for the copy', message: `Without a ${missing} Litestream does not start, and neither does the pod; give bucket and path, or a replica URL.`, fix: turnOff }
      : undefined
  },
}

const twoPlaces: Rule = {
  id: 'litestream-two-places',
  severity: 'error',
  demand: 'Litestream gets a URL or a bucket, not both',
  applies: enabled,
  check: (config) =>
    url(config) !== '' && inBucket(config)
      ? {
          path: 'litestream.replica.url',
          title: 'URL and bucket',
          message: `Litestream refuses ${url(config)} together with a bucket or path.`,
          fix: { label: 'Keep the URL', patch: { 'litestream.replica.bucket': '', 'litestream.replica.path': '' } },
        }
      : undefined,
}

const needsUrl: Rule = {
  id: 'litestream-needs-url',
  severity: 'error',
  demand: 'Azure and SFTP copies are named by URL',
  applies: enabled,
  check: (config) => {
    const type = config['litestream.replica.type']
    return url(config) === '' && (type === 'abs' || type === 'sftp')
      ? { path: 'litestream.replica.url', title: 'Needs a URL', message: `A bucket does not name the ${type === 'abs' ? 'account' : 'host'} that ${type} copies go to; give a URL that begins with ${type}://.`, fix: turnOff }
      : undefined
  },
}

const schemes = ['s3', 'gcs', 'gs', 'abs', 'sftp', 'file']

const scheme: Rule = {
  id: 'litestream-scheme',
  severity: 'error',
  demand: 'Litestream knows the kind of URL',
  applies: enabled,
  check: (config) =>
    url(config) !== '' && !schemes.includes(url(config).split('://')[0] as string)
      ? { path: 'litestream.replica.url', title: 'Unknown URL', message: `${url(config)} does not begin with s3://, gcs://, abs:// or sftp://, which are what Litestream knows.`, fix: turnOff }
      : undefined,
}

const memory: Rule = {
  id: 'litestream-memory',
  severity: 'error',
  demand: 'Litestream asks for no more than it may use',
  applies: enabled,
  check: (config) => {
    const [request, limit] = [config['litestream.resources.requests.memory'], config['litestream.resources.limits.memory']]
    return (quantityOf(request) ?? 0) > (quantityOf(limit) ?? Infinity)
      ? {
          path: 'litestream.resources.requests.memory',
          title: 'Request above limit',
          message: `Litestream asks for ${request} of memory and may use ${limit}; the cluster refuses such a pod.`,
          fix: { label: `Use ${request} for both`, patch: { 'litestream.resources.limits.memory': request } },
        }
      : undefined
  },
}

const credentials: Rule = {
  id: 'litestream-credentials',
  severity: 'info',
  demand: 'Litestream may write to the storage',
  applies: enabled,
  check: (config) =>
    config['litestream.existingSecret'] === '' && config['litestream.env'].trim() === ''
      ? {
          path: 'litestream.existingSecret',
          title: 'No credentials',
          message: "Litestream gets no keys for the storage, so it works only where the pod's own identity may write there.",
        }
      : undefined,
}

export const litestreamRules: readonly Rule[] = [place, twoPlaces, needsUrl, scheme, memory, credentials]
