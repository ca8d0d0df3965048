import JSZip from 'jszip'
import { defaults, presetConfig, presets, type Config } from '../lib/config/index.ts'
import { zipOf } from '../lib/files/zip.ts'
import { render } from '../lib/render.ts'
import { encodeLink } from '../lib/share/index.ts'
import { expect, test } from './configurator-page.ts'

const textOf = (config: Config, path: string): string => render(config).files.find((file) => file.path === path)?.text ?? ''

test('the first paint already shows real output', async ({ page }) => {
  await page.route('**/*.js', (route) => route.abort())
  await page.goto('/')
  await expect(page.getByRole('region', { name: 'Files' })).toContainText('APP_DATABASE_POSTGRES_HOST: postgres')
  await expect(page.getByRole('region', { name: 'Settings' })).toContainText('release.name')
})

test('what is typed changes the files, and the changed lines are marked', async ({ configurator, page }) => {
  await configurator.open()
  await configurator.section('Database')
  await configurator.field('Host').fill('orders-db.internal')
  const code = await configurator.file('Manifests', 'configmap.yaml')
  await expect(code).toContainText('APP_DATABASE_POSTGRES_HOST: orders-db.internal')
  await expect(page.getByRole('contentinfo')).toContainText(/\d+ lines? in \d+ files? changed by Host/)
  await expect(code.locator('mark, .mark, [class*=mark], [data-changed]').first()).toBeVisible()
  await expect(configurator.files.getByRole('treeitem', { name: /configmap\.yaml, changed/ }).first()).toBeVisible()
  await expect(configurator.settings.getByText(/Changes \d+ lines? in \d+ files?/)).toBeVisible()
  await configurator.fragment(encodeLink({ ...defaults, 'database.postgres.host': 'orders-db.internal' }))
})

test('the preview of every kind of file is what the library renders', async ({ configurator }) => {
  const config = presetConfig(presets.find(({ id }) => id === 'vm-compose')!)
  await configurator.open(encodeLink(config))
  const code = await configurator.file('Bundle', 'docker-compose.deploy.yml')
  await expect(code).toContainText('no-new-privileges:true')
  const shown = (await code.innerText()).replaceAll('\u00a0', ' ')
  for (const line of textOf(config, 'docker-compose.deploy.yml').split('\n').slice(0, 40)) expect(shown).toContain(line.trimEnd())
})

test('the download is the zip that the library makes, named after the service', async ({ configurator, page }) => {
  await configurator.open()
  await configurator.preset('VM with Compose')
  await configurator.field('Service name').fill('orders')
  const config = { ...presetConfig(presets.find(({ id }) => id === 'vm-compose')!), 'release.name': 'orders' }
  await configurator.fragment(encodeLink(config))
  const waiting = page.waitForEvent('download')
  const bytes = await configurator.download()
  expect((await waiting).suggestedFilename()).toBe('orders-deploy.zip')
  const zip = await JSZip.loadAsync(bytes)
  const { files } = render(config)
  expect(Object.keys(zip.files).sort()).toEqual(files.map(({ path }) => `orders/${path}`).sort())
  for (const { path, text } of files) expect(await zip.file(`orders/${path}`)?.async('string')).toBe(text)
  expect(Buffer.from(bytes).equals(Buffer.from(await zipOf('orders', files)))).toBe(true)
})

test('presets say how far away they are, and resets go back by field, section and all', async ({ configurator, page }) => {
  await configurator.open()
  await configurator.preset('Kubernetes, production')
  const menu = page.getByRole('button', { name: /^Preset:/ })
  await expect(menu).toHaveAccessibleName(/Kubernetes, production/)
  await configurator.section('Database')
  await configurator.field('Host').fill('db.internal')
  await configurator.field('Database name').fill('orders')
  await expect(menu).toHaveAccessibleName(/\+ 2 changes/)
  await configurator.settings.getByRole('button', { name: 'Reset Host' }).click()
  await expect(configurator.field('Host')).toHaveValue('postgres')
  await expect(menu).toHaveAccessibleName(/\+ 1 change/)
  await configurator.settings.getByRole('button', { name: 'Reset section' }).click()
  await expect(configurator.field('Database name')).toHaveValue('fastapi_chassis')
  await expect(menu).not.toHaveAccessibleName(/change/)
})

test('a problem stands at its field and in the panel, and its fix solves it', async ({ configurator, page }) => {
  await configurator.open()
  await configurator.section('Database')
  await configurator.settings.getByText('SQLite', { exact: true }).first().click()
  await expect(page.getByRole('contentinfo')).toContainText('1 error')
  await page.getByRole('contentinfo').getByRole('button', { name: /error/ }).click()
  await expect(configurator.problems).toContainText('Replicas')
  await configurator.problems.getByRole('button', { name: /Replicas/ }).first().click()
  await expect(configurator.settings.getByRole('heading', { name: 'Scaling', exact: true })).toBeVisible()
  await expect(configurator.field('Replicas')).toHaveAttribute('aria-invalid', 'true')
  await configurator.settings.locator('.finding.error').getByRole('button').first().click()
  await expect(configurator.field('Replicas')).toHaveValue('1')
  await expect(page.getByRole('contentinfo')).toContainText('No problems').catch(async () => {
    await expect(page.getByRole('contentinfo')).not.toContainText('error')
  })
  await configurator.file('Manifests', 'statefulset.yaml')
})

test('undo and redo go through every edit', async ({ configurator, page }) => {
  await configurator.open()
  const field = configurator.field('Service name')
  await field.fill('orders')
  await configurator.section('Database')
  await configurator.field('Host').fill('db.internal')
  await page.getByRole('button', { name: 'Undo' }).click()
  await configurator.section('Database')
  await expect(configurator.field('Host')).toHaveValue('postgres')
  await page.keyboard.press('ControlOrMeta+z')
  await configurator.section('Target')
  await expect(field).toHaveValue('chassis')
  await expect(page.getByRole('button', { name: 'Undo' })).toBeDisabled()
  await page.getByRole('button', { name: 'Redo' }).click()
  await page.getByRole('button', { name: 'Redo' }).click()
  await configurator.fragment(encodeLink({ ...defaults, 'release.name': 'orders', 'database.postgres.host': 'db.internal' }))
})

test('nonsense is refused at the field and never breaks the page', async ({ configurator, page }) => {
  await configurator.open()
  const field = configurator.field('Service name')
  await field.fill(`${'x'.repeat(500)} <script>alert(1)</script> $(rm -rf /) {{ .Values }} \u202e`)
  await expect(field).toHaveAttribute('aria-invalid', 'true')
  await expect(page.getByRole('contentinfo')).toContainText(/error/)
  await field.fill('orders')
  await expect(field).not.toHaveAttribute('aria-invalid', 'true')
})

test('search finds a setting by its variable and goes there', async ({ configurator, page }) => {
  await configurator.open()
  await page.keyboard.press('ControlOrMeta+k')
  await page.getByRole('combobox', { name: 'Find a setting' }).or(page.getByLabel('Find a setting')).last().fill('APP_MAX_REQUEST_BODY_BYTES')
  await page.keyboard.press('Enter')
  await expect(configurator.field('Largest request')).toBeVisible()
})

