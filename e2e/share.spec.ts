import { deflateSync } from 'node:zlib'
import { defaults, presetConfig, presets } from '../lib/config/index.ts'
import { zipOf } from '../lib/files/zip.ts'
import { render } from '../lib/render.ts'
import { encodeLink, writeConfigFile } from '../lib/share/index.ts'
import { ConfiguratorPage, expect, test } from './configurator-page.ts'

const orders = { ...presetConfig(presets.find(({ id }) => id === 'kubernetes-production')!), 'release.name': 'orders' }

test('a shared link opens the same configuration elsewhere', async ({ configurator, page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await configurator.open()
  await configurator.preset('Kubernetes, production')
  await configurator.field('Service name').fill('orders')
  await configurator.fragment(encodeLink(orders))
  await page.getByRole('button', { name: 'Share link' }).first().click()
  await expect(page.getByText('Link copied').first()).toBeAttached()
  const link = await page.evaluate(() => navigator.clipboard.readText())
  expect(new URL(link).hash.slice(1)).toBe(encodeLink(orders))

  const other = new ConfiguratorPage(await context.newPage())
  await other.page.goto(link)
  await expect(other.field('Service name')).toHaveValue('orders')
  await expect(other.page.getByRole('button', { name: /^Preset:/ })).toHaveAccessibleName(/Kubernetes, production \+ 1 change/)
})

const future = encodeLink(orders).replace('v1.', 'v9.')
const bomb = `v1.${deflateSync(Buffer.alloc(50_000_000)).toString('base64url')}.AAAA`
for (const [name, fragment, words] of [
  ['cut off', encodeLink(orders).slice(0, -12), /cut off or altered/],
  ['from the future', future, /newer version/],
  ['no link at all', 'javascript:alert(1)//<img src=x onerror=alert(1)>', /no link of the configurator/],
  ['a bomb', bomb, /cut off or altered/],
] as const)
  test(`a link that is ${name} gets an explanation and a working page`, async ({ configurator, page }) => {
    await configurator.open(fragment)
    await expect(page.getByText(words)).toBeVisible()
    await expect(configurator.field('Service name')).toHaveValue('chassis')
    await configurator.field('Service name').fill('orders')
    await page.getByRole('button', { name: 'Dismiss' }).click()
    await configurator.file('Manifests', 'configmap.yaml')
    await expect(configurator.files).toContainText('name: orders')
  })

const open = async (configurator: ConfiguratorPage, file: { name: string; mimeType: string; buffer: Buffer }) => {
  await configurator.page.getByRole('button', { name: 'Open…' }).or(configurator.page.getByRole('button', { name: 'Open...' })).first().click()
  await configurator.page.locator('input[type=file]').setInputFiles(file)
}

test('deploy.config.yaml and the bundle reopen', async ({ configurator }) => {
  await configurator.open()
  await open(configurator, { name: 'deploy.config.yaml', mimeType: 'application/yaml', buffer: Buffer.from(writeConfigFile(orders)) })
  await expect(configurator.field('Service name')).toHaveValue('orders')
  const changed = { ...orders, 'release.name': 'invoices' }
  await open(configurator, { name: 'invoices-deploy.zip', mimeType: 'application/zip', buffer: Buffer.from(await zipOf('invoices', render(changed).files)) })
  await expect(configurator.field('Service name')).toHaveValue('invoices')
  await configurator.fragment(encodeLink(changed))
})

test('a file dropped anywhere reopens', async ({ configurator, page }) => {
  await configurator.open()
  const transfer = await page.evaluateHandle((text) => {
    const data = new DataTransfer()
    data.items.add(new File([text], 'deploy.config.yaml', { type: 'application/yaml' }))
    return data
  }, writeConfigFile(orders))
  for (const type of ['dragenter', 'dragover', 'drop']) await page.dispatchEvent('body', type, { dataTransfer: transfer })
  await expect(configurator.field('Service name')).toHaveValue('orders')
})

test('nothing is kept but the look of the page', async ({ configurator, page, context }) => {
  await configurator.open(encodeLink({ ...defaults, 'app.name': 'Planted name' }))
  await configurator.field('Service name').fill('orders')
  await expect(page.getByRole('contentinfo')).toContainText('changed by')
  const stored = await page.evaluate(() => JSON.stringify({ ...localStorage, ...sessionStorage }))
  expect(stored).not.toContain('Planted')
  expect(stored).not.toContain('orders')
  expect(await context.cookies()).toEqual([])
})
