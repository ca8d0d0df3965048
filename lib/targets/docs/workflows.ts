import type { Config } from '../../config/index.ts'
import { runsOn, runsOnVm } from '../../plan/index.ts'
import { markdownCode } from '../../text/markdown.ts'

const machineSecrets: readonly (readonly [string, string])[] = [
  ['DEPLOY_HOST', 'name or address of the machine'],
  ['DEPLOY_USER', 'the user who may use Docker there'],
  ['DEPLOY_SSH_KEY', 'a private key of that user, made for this purpose'],
  [
    'DEPLOY_KNOWN_HOSTS',
    "the machine's public keys, as `ssh-keyscan` prints them and you have compared them",
  ],
  ['DEPLOY_PORT', 'only when it is not 22'],
]

/** What the workflows need in the repository's settings, and how to start them. */
export function workflowsSection(config: Config): readonly string[] {
  if (!config['workflows.enabled']) return []
  const rows = [
    ...(runsOn(config, 'kubernetes')
      ? [
          [
            'KUBE_CONFIG',
            'a kubeconfig whose account manages this namespace and nothing else',
          ] as const,
        ]
      : []),
    ...(runsOnVm(config) ? machineSecrets : []),
  ]
  return [
    '## GitHub Actions',
    `Create the environment ${markdownCode(config['workflows.environment'])} in the repository's settings, with reviewers and with these secrets, then start a workflow by hand in the Actions tab. A tag or digest may be given there; without one the configured image runs.`,
    [
      '| secret | what it is |',
      '|---|---|',
      ...rows.map(([name, what]) => `| \`${name}\` | ${what} |`),
    ].join('\n'),
    ...(runsOnVm(config)
      ? [
          'Secret values of the application are not among them: they are made on the machine, by its script, before the first run.',
        ]
      : []),
    ...(runsOn(config, 'kubernetes')
      ? [
          'Secrets of the application are not among them: they are made in the cluster, by the commands above, before the first run.',
        ]
      : []),
  ]
}
