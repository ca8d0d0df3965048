import { expect, test } from 'vitest'
import { render } from '../../lib/render.ts'
import { variations } from '../../testing/variations.ts'
import { groupOf, mostTelling } from './groups.ts'

/** What concerns the whole bundle. */
const whole = ['CHECKLIST.md', 'deploy.config.yaml', 'deploy/config.schema.json']

test.each(variations)('%s: every file has a tab of its kind', (_, config) => {
  const paths = render(config).files.map(({ path }) => path)
  expect(paths.filter((path) => groupOf(path).id === 'bundle')).toEqual(whole)
})

test.each([
  ['README.md', 'README'],
  ['deploy/values.yaml', 'Values'],
  ['deploy/app.env', 'Machine'],
  ['deploy/secrets.env.example', 'Machine'],
  ['deploy/orders.service', 'Machine'],
  ['ops/docker-run.sh', 'Machine'],
  ['ops/deploy-compose.sh', 'Compose'],
  ['deploy/traefik/dynamic.yml', 'Proxy'],
  ['.github/workflows/deploy-compose.yml', 'Workflows'],
])('%s is under %s', (path, label) => expect(groupOf(path).label).toBe(label))

test('a machine opens with what runs on it', () => {
  expect(mostTelling(['README.md', 'deploy/app.env', 'docker-compose.deploy.yml'])).toBe(
    'docker-compose.deploy.yml',
  )
  expect(mostTelling(['README.md', 'deploy/app.env', 'ops/docker-run.sh'])).toBe(
    'ops/docker-run.sh',
  )
})
