import type { Config } from '../../config/index.ts'
import type { TextFile } from '../../files/file.ts'
import { clusterSecretsOf, namespaceOf, secretPaths, sopsFileOf, sopsTemplateOf, type ClusterSecret } from '../../plan/index.ts'
import { yamlFile } from '../../yaml/commented.ts'

/** The rules of SOPS, the Secrets without values, and what keeps plain ones out of the repository. */
export const sopsFiles = (config: Config): readonly TextFile[] => [
  { path: secretPaths.sopsRules, text: rules(config) },
  { path: secretPaths.ignore, text: ignored },
  ...clusterSecretsOf(config).map((secret, at) => ({ path: sopsTemplateOf(at), text: template(config, secret, sopsFileOf(at)) })),
]

/** Names and keys stay readable, so that a reviewer sees what changed. */
const rules = (config: Config): string =>
  yamlFile(
    [
      {
        creation_rules: [
          {
            path_regex: `${secretPaths.folder.replaceAll('.', '\\.')}/[^/]+\\.sops\\.yaml$`,
            encrypted_regex: '^(data|stringData)$',
            age: config['secrets.ageRecipient'],
          },
        ],
      },
    ],
    'How sops encrypts the Secrets; the recipient is a public key.',
  )

const ignored = `# Only encrypted Secrets are committed.
*
!.gitignore
!kustomization.yaml
!*.sops.yaml
!*.template.yaml
`

const template = (config: Config, { name, keys }: ClusterSecret, target: string): string =>
  yamlFile(
    [
      {
        apiVersion: 'v1',
        kind: 'Secret',
        metadata: { name, namespace: namespaceOf(config) },
        type: 'Opaque',
        stringData: Object.fromEntries(keys.map(({ key }) => [key, []])),
      },
    ],
    `The shape of ${target}, which the commands in README.md make without a plain copy.
Not to be applied: where a text belongs stands a list, which the cluster refuses.`,
  )
