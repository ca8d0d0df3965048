import JSZip from 'jszip'
import { readFile } from 'node:fs/promises'
import { defaults, presetConfig, presets, type Config } from '../lib/config/index.ts'
import { zipOf } from '../lib/files/zip.ts'
import { render } from '../lib/render.ts'
import { encodeLink, writeConfigFile } from '../lib/share/index.ts'
import { expect, test } from './screen.ts'

for (const preset of presets)
  test(`the bundle of ${preset.label} is what the library renders`, async ({ app }) => {
    const config = { ...presetConfig(preset), 'release.name': 'orders' } as Config
    await app.open(encodeLink(config))
    await expect(app.field('Service name')).toHaveValue('orders')
    const [download] = await Promise.all([
      app.page.waitForEvent('download'),
      app.page.getByRole('button', { name: 'Download bundle' }).click(),
    ])
    expect(download.suggestedFilename()).toBe('orders-deploy.zip')
    const zip = await JSZip.loadAsync(await readFile(await download.path()))
    const files = render(config).files
    expect(Object.keys(zip.files).sort()).toEqual(files.map(({ path }) => `orders/${path}`).sort())
    for (const { path, text } of files)
      expect(await zip.file(`orders/${path}`)?.async('string')).toBe(text)
  })

test('a configuration without manifests opens at the files that it has', async ({ app }) => {
  for (const [id, path] of [
    ['vm-compose', 'docker-compose.deploy.yml'],
    ['vm-container', 'ops/docker-run.sh'],
  ]) {
    const preset = presets.find((one) => one.id === id) as (typeof presets)[number]
    await app.open(encodeLink(presetConfig(preset)))
    await expect(app.code(path as string)).toBeVisible()
    await expect(app.files.getByRole('tab', { selected: true })).toHaveCount(1)
  }
})

test('the link is copied, and the button says so', async ({ app, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await app.open()
  await app.field('Service name').fill('orders')
  const share = app.page.getByRole('button', { name: 'Share link' })
  await share.click()
  await expect(share).toContainText('Link copied')
  const copied = await app.page.evaluate(() => navigator.clipboard.readText())
  expect(copied.split('#')[1]).toBe(encodeLink({ ...defaults, 'release.name': 'orders' }))
})

const hostile: readonly [string, string][] = [
  ['cut', encodeLink({ ...defaults, 'release.name': 'orders' }).slice(0, -3)],
  ['from the future', `v999.${'A'.repeat(20)}.AAAA`],
  ['nonsense', '%E0%A4%A'],
  ['a script', '<img src=x onerror=alert(1)>'],
  ['huge', 'v1.'.padEnd(50_000, 'A')],
  ['a prototype', '__proto__'],
]
for (const [name, fragment] of hostile)
  test(`a link that is ${name} is explained, and the page works`, async ({ app }) => {
    await app.open(fragment)
    await expect(app.page.getByText('The link could not be read.')).toBeVisible()
    await app.field('Service name').fill('orders')
    await expect(app.marked.first()).toBeVisible()
    await app.page.getByRole('button', { name: 'Dismiss' }).click()
    await expect(app.page.getByText('The link could not be read.')).toHaveCount(0)
  })

const orders = {
  ...defaults,
  'release.name': 'orders',
  'database.postgres.host': 'db.shop',
} as Config

test('a configuration file is dropped on the page', async ({ app }) => {
  await app.open()
  const text = writeConfigFile(orders)
  const data = await app.page.evaluateHandle((content) => {
    const transfer = new DataTransfer()
    transfer.items.add(new File([content], 'deploy.config.yaml'))
    return transfer
  }, text)
  await app.page.dispatchEvent('body', 'dragover', { dataTransfer: data })
  await expect(app.page.getByText('Drop deploy.config.yaml')).toBeVisible()
  await app.page.dispatchEvent('body', 'drop', { dataTransfer: data })
  await expect(app.field('Service name')).toHaveValue('orders')
  await app.page.getByRole('button', { name: 'Undo', exact: true }).click()
  await expect(app.field('Service name')).toHaveValue('chassis')
})

test('a bundle is opened again, and what is none is refused', async ({ app }) => {
  await app.open()
  await app.page.getByRole('button', { name: 'Open…' }).click()
  const input = app.page.locator('input[type=file]')
  await input.setInputFiles({
    name: 'x.zip',
    mimeType: 'application/zip',
    buffer: Buffer.from('PK\u0003\u0004 no zip at all'),
  })
  await expect(app.page.getByRole('alert').filter({ hasText: /./ })).toBeVisible()
  const bundle = await zipOf('orders', render(orders).files)
  await input.setInputFiles({
    name: 'orders-deploy.zip',
    mimeType: 'application/zip',
    buffer: Buffer.from(bundle),
  })
  await expect(app.page.getByRole('dialog')).toHaveCount(0)
  await expect(app.field('Service name')).toHaveValue('orders')
})

test('a link or a file is pasted', async ({ app, baseURL }) => {
  await app.open()
  for (const text of [
    `${baseURL}#${encodeLink(orders)}`,
    writeConfigFile({ ...orders, 'release.name': 'billing' }),
  ]) {
    await app.page.getByRole('button', { name: 'Open…' }).click()
    await app.page.getByLabel('Or paste a link').fill(text)
    await app.page.getByRole('button', { name: 'Open', exact: true }).click()
    await expect(app.page.getByRole('dialog')).toHaveCount(0)
  }
  await expect(app.field('Service name')).toHaveValue('billing')
  await app.page.getByRole('button', { name: 'Open…' }).click()
  await app.page.getByLabel('Or paste a link').fill('no: yaml: at: all: [')
  await app.page.getByRole('button', { name: 'Open', exact: true }).click()
  await expect(app.page.getByRole('alert').filter({ hasText: /./ })).toBeVisible()
})

test('nothing of a configuration is stored', async ({ app }) => {
  await app.open()
  await app.field('Service name').fill('a-secret-name')
  await app.files.getByRole('button', { name: 'Wrap lines' }).click()
  const stored = await app.page.evaluate(() =>
    JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.cookie]),
  )
  expect(stored).not.toContain('a-secret-name')
})
