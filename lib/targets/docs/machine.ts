import type { Config } from '../../config/index.ts'
import {
  containerOf,
  machinePaths,
  machineSecretsOf,
  proxyOf,
  unfitSecretsOf,
  uploadsOf,
  type MachinePlatform,
} from '../../plan/index.ts'
import { markdownBlock, markdownCode } from '../../text/markdown.ts'
import { shellCommand, shellQuoted, shellWord } from '../../text/shell.ts'
import { certificateStep, installStep, tryProxy } from './proxy.ts'
import { backupText, coloursText, systemdStep } from './upkeep.ts'

const titles = { compose: '## VM with Compose', container: '## VM, one container' } as const
const needs = {
  compose: 'Docker with the Compose plugin, 2.20 or newer',
  container: 'Docker 20.10 or newer',
} as const

/** The commands that bring the service up on a machine, in their order. */
export function machineSection(config: Config, platform: MachinePlatform): readonly string[] {
  const secrets = machineSecretsOf(config)
  const steps: readonly (readonly [string, readonly string[]])[] = [
    ['Prepare the machine, once', prepare(config, platform)],
    ['Copy the files', [copy(config, platform)]],
    ...(secrets.length > 0
      ? [['Create the secret values, once', secretsText(config)] as const]
      : []),
    ...optional('Bring the certificate, once', certificateStep(config, platform)),
    ['Deploy', deploy(config, platform)],
    ...optional('Let systemd keep it running', platform === 'container' ? systemdStep(config, on(config)) : []),
    ...optional('Put the proxy in front', platform === 'container' ? installStep(config) : []),
    ['See that it works', look(config, platform)],
  ]
  return [
    titles[platform],
    ...steps.flatMap(([title, parts], at) => [`### ${at + 1}. ${title}`, ...parts]),
    ...(platform === 'compose' ? coloursText(config, on(config)) : []),
    ...backupText(config, platform, on(config)),
  ]
}

/** A step that only some configurations need. */
const optional = (title: string, parts: readonly string[]): readonly (readonly [string, readonly string[]])[] =>
  parts.length > 0 ? [[title, parts]] : []

const scriptOf = (platform: MachinePlatform): string =>
  platform === 'compose' ? machinePaths.deployCompose : machinePaths.dockerRun

/** A command that runs in the bundle's directory on the machine. */
const remote = (config: Config, command: string, terminal = false): string =>
  `ssh ${terminal ? '-t ' : ''}"$MACHINE" ${shellQuoted(`cd ${shellWord(config['vm.path'])} && ${command}`)}`

/** The same for one configuration. */
const on =
  (config: Config) =>
  (command: string, terminal = false): string =>
    remote(config, command, terminal)

const prepare = (config: Config, platform: MachinePlatform): readonly string[] => [
  `It needs ${needs[platform]}, and a user who may use it. A private registry needs a \`docker login\` there.`,
  markdownBlock('sh', [
    'MACHINE=deploy@machine.example.com',
    `ssh -t "$MACHINE" ${shellQuoted(`sudo mkdir -p ${shellWord(config['vm.path'])} && sudo chown "$(id -u)" ${shellWord(config['vm.path'])}`)}`,
  ]),
]

const copy = (config: Config, platform: MachinePlatform): string =>
  markdownBlock('sh', [
    `${shellCommand(['tar', '--create', '--file', '-', ...uploadsOf(config, platform)])} |`,
    `  ${remote(config, 'tar --extract --file -')}`,
  ])

function secretsText(config: Config): readonly string[] {
  const drawn = machineSecretsOf(config).filter(({ origin }) => origin === 'generate')
  const asked = machineSecretsOf(config).filter(({ origin }) => origin === 'ask')
  const list = (variables: typeof drawn): string =>
    variables.map(({ name }) => markdownCode(name)).join(', ')
  return [
    [
      ...(drawn.length > 0 ? [`Draws ${list(drawn)}.`] : []),
      ...(asked.length > 0 ? [`Asks for ${list(asked)}.`] : []),
      `The values are in ${markdownCode('secrets/')} on the machine and nowhere else: keep a copy where it is safe.`,
      'After a change that needs more of them, run it again: what exists stays.',
    ].join(' '),
    markdownBlock('sh', [remote(config, `sh ${machinePaths.createSecrets}`, true)]),
  ]
}

const deploy = (config: Config, platform: MachinePlatform): readonly string[] => [
  'Waits until the service is ready; if it does not become so, the previous one comes back.',
  markdownBlock('sh', [remote(config, `sh ${scriptOf(platform)}`)]),
  ...unfitSecretsOf(config).map(
    ({ name }) =>
      `${markdownCode(name)} cannot stand in an env file, which has one line per variable. Use a JWKS URL, or a shared secret.`,
  ),
]

function look(config: Config, platform: MachinePlatform): readonly string[] {
  const { hostPort } = containerOf(config)
  const proxy = proxyOf(config, platform)
  if (platform === 'compose' && proxy) return tryProxy(config, proxy)
  const ask = (path: string): string =>
    remote(config, shellCommand(['curl', '--fail', `http://127.0.0.1:${hostPort}${path}`]))
  return [
    markdownBlock('sh', [
      ask(config['app.healthCheckPath']),
      ask(config['app.readinessCheckPath']),
    ]),
    ...(proxy
      ? tryProxy(config, proxy)
      : [
          `Your proxy on the machine forwards to ${markdownCode(`http://127.0.0.1:${hostPort}`)}. It passes the Host on, sets X-Forwarded-For and X-Forwarded-Proto itself, takes bodies up to ${config['security.maxRequestBodyBytes']} bytes, waits longer than ${config['app.requestTimeout']} seconds, keeps idle connections for less than ${config['app.keepAliveTimeout']} seconds, and answers 404 for ${markdownCode('/metrics')}.`,
        ]),
  ]
}
