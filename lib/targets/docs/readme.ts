import type { Config } from '../../config/index.ts'
import {
  gitopsTool,
  imageOf,
  machinePaths,
  migratesApart,
  migratesAtStart,
  namespaceOf,
  runsOn,
  runsOnVm,
  type Platform,
} from '../../plan/index.ts'
import { markdownBlock, markdownCode, markdownText } from '../../text/markdown.ts'
import { shellCommand } from '../../text/shell.ts'
import { describedFiles } from './files.ts'
import { gitopsBack } from './gitops.ts'
import { kubernetesSection } from './kubernetes.ts'
import { machineSection } from './machine.ts'
import { monitoringSection } from './monitoring.ts'
import { workflowsSection } from './workflows.ts'

/** The bundle's README: what to do next, in this order, with the user's own names. */
export function readme(config: Config): string {
  const blocks = [
    `# Deployment of ${markdownText(config['app.name'])}`,
    `${markdownCode(config['release.name'])} runs ${markdownCode(imageOf(config))}. Read [CHECKLIST.md](CHECKLIST.md) before production.`,
    ...(runsOn(config, 'kubernetes') ? kubernetesSection(config) : []),
    ...(runsOn(config, 'compose') ? machineSection(config, 'compose') : []),
    ...(runsOn(config, 'container') ? machineSection(config, 'container') : []),
    ...(runsOn(config, 'compose') && runsOn(config, 'container')
      ? [
          'The stack and the single container are two ways to run the same service: choose one for each machine, for both want its port and network.',
        ]
      : []),
    ...monitoringSection(config),
    ...workflowsSection(config),
    ...changing,
    ...goingBack(config),
    '## Files',
    describedFiles(config)
      .map(({ path, what }) => `- ${markdownCode(path)}: ${what}`)
      .join('\n'),
  ]
  return `${blocks.join('\n\n')}\n`
}

const changing = [
  '## Change it',
  'Open `deploy.config.yaml` in Chassis Configurator, change what is to change, and replace these files by the new ones: every file but that one is made from it, so changes by hand are lost. Commit, and deploy again as above.',
]

function goingBack(config: Config): readonly string[] {
  const migrates = (platform: Platform): boolean =>
    runsOn(config, platform) &&
    (migratesApart(config, platform) || migratesAtStart(config, platform))
  const release = [config['release.name'], '--namespace', config['release.namespace']]
  return [
    '## Go back',
    ...(gitopsTool(config) === 'none' || runsOnVm(config)
      ? ['A deployment that does not become ready goes back by itself. Later, by hand:']
      : []),
    ...(gitopsTool(config) === 'none' ? [] : gitopsBack(config)),
    ...(runsOn(config, 'kubernetes') && gitopsTool(config) === 'none'
      ? [
          markdownBlock('sh', [
            shellCommand(['helm', 'history', ...release]),
            shellCommand(['helm', 'rollback', ...release, '--wait']),
            shellCommand(['kubectl', 'get', 'pods', '--namespace', namespaceOf(config)]),
          ]),
        ]
      : []),
    ...(runsOnVm(config)
      ? [
          `On the machine, check out the earlier commit, copy its files and deploy as above; or run only an earlier image: ${(
            ['compose', 'container'] as const
          )
            .filter((platform) => runsOn(config, platform))
            .map((platform) =>
              markdownCode(
                `sh ${platform === 'compose' ? machinePaths.deployCompose : machinePaths.dockerRun} IMAGE`,
              ),
            )
            .join(' or ')}.`,
        ]
      : []),
    ...((['kubernetes', 'compose', 'container'] as const).some(migrates)
      ? [
          'The schema of the database does not go back: let each migration leave the version before it working.',
        ]
      : []),
  ]
}
