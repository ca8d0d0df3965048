import { commentedYaml } from '../../yaml/commented.ts'

/** Keeps the pinned actions fresh, a week after their release at the earliest. */
export const dependabot = (): string =>
  commentedYaml([
    { path: ['version'], value: 2 },
    {
      path: ['updates'],
      value: [
        {
          'package-ecosystem': 'github-actions',
          directory: '/',
          schedule: { interval: 'weekly' },
          cooldown: { 'default-days': 7 },
          groups: { actions: { patterns: ['*'] } },
        },
      ],
      comment:
        'The actions in .github/workflows are pinned to commits; this brings new releases as pull requests.',
    },
  ])
