import type { Config } from '../../config/index.ts'
import {
  bundlesCaddy,
  envFileOf,
  machinePaths,
  machineSecretsOf,
  runsOn,
  runsOnVm,
  secretsOf,
} from '../../plan/index.ts'

/** A file or, with a slash at the end, a folder of the bundle, and what it is for. */
export interface Described {
  readonly path: string
  readonly what: string
}

/** What the bundle holds, a sentence each. A test compares the list with the bundle. */
export const describedFiles = (config: Config): readonly Described[] => [
  {
    path: 'CHECKLIST.md',
    what: 'what is met before production, what is open, and what only a person can do',
  },
  ...(runsOn(config, 'kubernetes')
    ? [
        { path: 'chart/', what: 'the Helm chart' },
        { path: 'deploy/values.yaml', what: "what this deployment changes of the chart's values" },
        { path: 'manifests/', what: 'what Helm makes of both, to be read and reviewed' },
      ]
    : []),
  ...(runsOn(config, 'compose') ? [{ path: machinePaths.compose, what: 'the stack' }] : []),
  ...(bundlesCaddy(config)
    ? [{ path: machinePaths.caddyfile, what: 'the reverse proxy of the stack' }]
    : []),
  ...(runsOn(config, 'compose')
    ? [
        {
          path: machinePaths.deployCompose,
          what: 'deploys the stack on the machine, and rolls back',
        },
      ]
    : []),
  ...(runsOn(config, 'container')
    ? [
        {
          path: machinePaths.dockerRun,
          what: 'runs or replaces the container on the machine, and rolls back',
        },
      ]
    : []),
  ...(runsOn(config, 'compose')
    ? [
        {
          path: envFileOf(config, 'compose'),
          what: 'the environment of the application, without secrets',
        },
      ]
    : []),
  ...(runsOn(config, 'container') &&
  envFileOf(config, 'container') !== (runsOn(config, 'compose') ? envFileOf(config, 'compose') : '')
    ? [
        {
          path: envFileOf(config, 'container'),
          what: 'the environment of the single container, without secrets',
        },
      ]
    : []),
  ...(runsOnVm(config) && secretsOf(config, 'compose').length > 0
    ? [{ path: machinePaths.secretsExample, what: 'the names of the secret values' }]
    : []),
  ...(runsOnVm(config) && machineSecretsOf(config).length > 0
    ? [
        { path: machinePaths.createSecrets, what: 'makes the secret values on the machine' },
        { path: machinePaths.secretsIgnore, what: 'keeps secret values out of the repository' },
      ]
    : []),
  ...(config['workflows.enabled'] && config['target.platforms'].length > 0
    ? [
        { path: '.github/workflows/', what: 'deploy when somebody starts them' },
        { path: '.github/dependabot.yml', what: 'keeps the actions in them fresh' },
      ]
    : []),
  { path: 'deploy.config.yaml', what: 'the configuration that all of this was made from' },
  { path: 'deploy/config.schema.json', what: 'what that file may hold, for editors' },
]
