import type { Config } from '../../config/index.ts'
import { buildsImage } from '../../plan/index.ts'
import { commentedYaml } from '../../yaml/commented.ts'
import { pinnedOn } from './actions.ts'

/** What is looked for every week, and taken a week after its release at the earliest. */
const weekly = () => ({ schedule: { interval: 'weekly' }, cooldown: { 'default-days': 7 } })

/** Keeps the pinned actions fresh, and the base images of a service that is built here. */
export const dependabot = (config: Config): string =>
  commentedYaml([
    { path: ['version'], value: 2 },
    {
      path: ['updates'],
      value: [
        {
          'package-ecosystem': 'github-actions',
          directory: '/',
          ...weekly(),
          groups: { actions: { patterns: ['*'] } },
        },
        ...(buildsImage(config)
          ? [
              {
                'package-ecosystem': 'docker',
                directory: directoryOf(config['workflows.dockerfile']),
                ...weekly(),
              },
            ]
          : []),
      ],
      comment: `The actions in .github/workflows are pinned to the commits of releases, as of ${pinnedOn}; this brings newer ones as pull requests.`,
    },
  ])

/** The folder of a file, from the root of the repository. */
const directoryOf = (path: string): string => `/${path.split('/').slice(0, -1).join('/')}`
