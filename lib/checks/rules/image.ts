import { defaults, type Config } from '../../config/index.ts'
import type { Rule } from '../rule.ts'
import { always, onKubernetes } from '../when.ts'

const isOwn = (config: Config): boolean => config['image.registry'] === defaults['image.registry'] && config['image.repository'] === defaults['image.repository']
const byTag = (config: Config): boolean => config['image.digest'] === ''

/** The published version, where it is the published image that runs. */
const toRelease = (config: Config) =>
  isOwn(config) ? { fix: { label: `Use ${defaults['image.tag']}`, patch: { 'image.tag': defaults['image.tag'] } } } : {}

const missingV: Rule = {
  id: 'tag-without-v',
  severity: 'error',
  demand: 'The tag exists',
  applies: (config) => isOwn(config) && byTag(config),
  check: (config) =>
    /^[0-9]+\.[0-9]+\.[0-9]+$/.test(config['image.tag'])
      ? {
          path: 'image.tag',
          title: 'Tag does not exist',
          message: `The project publishes v${config['image.tag']}, not ${config['image.tag']}, so the image cannot be pulled.`,
          fix: { label: `Use v${config['image.tag']}`, patch: { 'image.tag': `v${config['image.tag']}` } },
        }
      : undefined,
}

const moving = new Set(['latest', 'main', 'master', 'develop', 'dev', 'edge', 'nightly', 'stable', 'staging', 'prod', 'production'])

const rolling: Rule = {
  id: 'tag-moves',
  severity: 'warning',
  demand: 'The tag names one version',
  applies: byTag,
  check: (config) =>
    moving.has(config['image.tag'])
      ? {
          path: 'image.tag',
          title: 'Moving tag',
          message: `${config['image.tag']} is another image tomorrow: pods of one release may run different code, and there is no way back.`,
          ...toRelease(config),
        }
      : undefined,
}

const empty: Rule = {
  id: 'tag-empty',
  severity: 'warning',
  demand: 'The version is named',
  applies: byTag,
  check: (config) =>
    config['image.tag'] === ''
      ? {
          path: 'image.tag',
          title: 'No version',
          message: `Without a tag the version of the chart is used, ${defaults['image.tag']}, whatever your image is called.`,
          ...toRelease(config),
        }
      : undefined,
}

const unpinned: Rule = {
  id: 'image-digest',
  severity: 'info',
  demand: 'The image is pinned by its digest',
  applies: always,
  check: (config) =>
    byTag(config)
      ? { path: 'image.digest', title: 'No digest', message: `A tag such as ${config['image.tag'] || defaults['image.tag']} can be pushed again; only a digest names exactly one image.` }
      : undefined,
}

const template: Rule = {
  id: 'image-template',
  severity: 'info',
  demand: 'The image holds your service',
  applies: always,
  check: (config) =>
    isOwn(config)
      ? { path: 'image.repository', title: 'The template itself', message: `${config['image.registry']}/${config['image.repository']} is the bare chassis without your handlers; put the image that you build.` }
      : undefined,
}

const neverPulled: Rule = {
  id: 'pull-never',
  severity: 'warning',
  demand: 'Nodes may pull the image',
  applies: onKubernetes,
  check: (config) =>
    config['image.pullPolicy'] === 'Never'
      ? {
          path: 'image.pullPolicy',
          title: 'Never pulled',
          message: 'Pods start only on nodes that have the image already.',
          fix: { label: 'Pull when missing', patch: { 'image.pullPolicy': 'IfNotPresent' } },
        }
      : undefined,
}

export const imageRules: readonly Rule[] = [missingV, rolling, empty, neverPulled, unpinned, template]
