import AxeBuilder from '@axe-core/playwright'
import JSZip from 'jszip'
import { generateKeyPairSync } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { parseAllDocuments } from 'yaml'
import { defaults, type Config, type Patch } from '../lib/config/index.ts'
import { encodeLink } from '../lib/share/index.ts'
import { certificateFor, unseal } from '../testing/sealing.ts'
import { expect, test, type Screen } from './screen.ts'

const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
const certificate = certificateFor(publicKey)
const password = 'plain-value-Zx81-pässword'

const orders: Config = {
  ...defaults,
  'release.name': 'orders',
  'release.namespace': 'shop',
  'secrets.mode': 'sealed',
  'auth.enabled': true,
  'auth.keySource': 'secret',
  'auth.jwtIssuer': 'https://id.example.com/',
  'auth.jwtAudience': 'orders',
  'auth.jwtAlgorithms': ['HS256'],
}

async function openPanel(app: Screen, patch: Patch = {}) {
  await app.open(encodeLink({ ...orders, ...patch } as Config))
  await app.section('Secrets')
  const panel = app.settings.getByRole('region', { name: 'Seal the values in this browser' })
  await expect(panel).toBeVisible()
  return {
    panel,
    certificate: panel.getByLabel('Certificate of the controller'),
    password: panel.getByLabel('Password', { exact: true }),
    jwtSecret: panel.getByLabel('Shared secret', { exact: true }),
    seal: panel.getByRole('button', { name: 'Seal', exact: true }),
    result: panel.getByLabel('deploy/secrets/sealed-secrets.yaml', { exact: true }),
  }
}

interface SealedSecret {
  readonly metadata: {
    readonly name: string
    readonly namespace: string
    readonly annotations?: Readonly<Record<string, string>>
  }
  readonly spec: { readonly encryptedData: Readonly<Record<string, string>> }
}
const read = (text: string) => parseAllDocuments(text)[0]?.toJS() as SealedSecret

for (const [scope, label, annotations] of [
  ['strict', 'shop/orders-secrets', undefined],
  ['namespace-wide', 'shop', { 'sealedsecrets.bitnami.com/namespace-wide': 'true' }],
  ['cluster-wide', '', { 'sealedsecrets.bitnami.com/cluster-wide': 'true' }],
] as const)
  test(`the controller reads what was sealed ${scope}`, async ({ app }) => {
    const at = await openPanel(app, { 'secrets.sealedScope': scope })
    await at.certificate.fill(certificate)
    await expect(at.panel).toContainText('RSA with 2048 bits, until 2060-01-01.')
    await at.password.fill(password)
    await at.panel.getByRole('button', { name: 'Generate Shared secret' }).click()
    const drawn = await at.jwtSecret.inputValue()
    expect(drawn).toMatch(/^[0-9a-f]{64}$/)
    await at.password.press('Enter')
    await expect(at.result).toBeVisible()
    await expect(at.password).toHaveValue('')
    await expect(at.jwtSecret).toHaveValue('')

    const [download] = await Promise.all([
      app.page.waitForEvent('download'),
      at.panel.getByRole('button', { name: 'Save file' }).click(),
    ])
    expect(download.suggestedFilename()).toBe('sealed-secrets.yaml')
    const text = await readFile(await download.path(), 'utf8')
    expect(text).toBe(await at.result.inputValue())
    const { metadata, spec } = read(text)
    expect(metadata).toEqual({
      name: 'orders-secrets',
      namespace: 'shop',
      ...(annotations && { annotations }),
    })
    const opened = Object.entries(spec.encryptedData).map(([key, value]) => [
      key,
      unseal(privateKey, value, label),
    ])
    expect(Object.fromEntries(opened)).toEqual({
      APP_DATABASE_POSTGRES_PASSWORD: password,
      APP_AUTH_JWT_SECRET: drawn,
    })
  })

test('a plain value is nowhere but in its input, and there only until it is sealed', async ({
  app,
  context,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  const sent: string[] = []
  app.page.on('request', (request) => sent.push(request.url() + (request.postData() ?? '')))
  const posted: string[] = []
  await app.page.exposeFunction('posted', (text: string) => void posted.push(text))
  await app.page.addInitScript(() => {
    const post = Worker.prototype.postMessage
    Worker.prototype.postMessage = function (this: Worker, message: unknown) {
      void (window as unknown as { posted(text: string): void }).posted(JSON.stringify(message))
      post.call(this, message)
    } as typeof post
  })
  const at = await openPanel(app)
  const everywhere = async () => {
    const held = await app.page.evaluate(async () => {
      const databases = await indexedDB.databases()
      const cached = await caches.keys()
      return JSON.stringify([
        { ...localStorage },
        { ...sessionStorage },
        document.cookie,
        history.state,
        location.href,
        databases,
        cached,
        document.documentElement.outerHTML,
      ])
    })
    return [held, ...sent, ...posted].join('\n')
  }
  await at.certificate.fill(certificate)
  await at.password.fill(password)
  expect(await everywhere()).not.toContain(password)

  // A change while the value stands in its input: neither link, bundle nor undo take it along.
  await app.field('Secret of the release').fill('orders-secrets')
  await app.page.getByRole('button', { name: 'Share link' }).click()
  await at.password.fill(password)
  const [download] = await Promise.all([
    app.page.waitForEvent('download'),
    app.page.getByRole('button', { name: 'Download bundle' }).click(),
  ])
  const zip = await JSZip.loadAsync(await readFile(await download.path()))
  const texts = await Promise.all(Object.values(zip.files).map((file) => file.async('string')))
  expect(texts.join('\n')).not.toContain(password)
  expect(Object.keys(zip.files)).toContain('orders/deploy/secrets/sealed-secrets.template.yaml')
  expect(await app.page.evaluate(() => navigator.clipboard.readText())).not.toContain(password)

  await at.seal.click()
  await expect(at.result).toBeVisible()
  expect(posted.some((text) => text.includes('"ask":"seal"'))).toBe(true)
  for (const name of ['Undo', 'Redo']) {
    await app.page.getByRole('button', { name, exact: true }).click()
    await expect(at.password).toHaveValue('')
  }
  await at.password.fill(password)
  await at.password.press('Control+z')
  await expect(app.field('Secret of the release')).toHaveValue('orders-secrets')
  await at.password.fill(password)
  await app.section('Target')
  await app.section('Secrets')
  await expect(at.password).toHaveValue('')
  await at.password.fill(password)
  await app.page.reload()
  await app.ready()
  await app.section('Secrets')
  await expect(at.password).toHaveValue('')
  await app.page.goto('about:blank')
  await app.page.goBack()
  await app.ready()
  expect(await everywhere()).not.toContain(password)
})

test('what is missing or wrong is said where it is', async ({ app }) => {
  const at = await openPanel(app)
  await at.seal.click()
  await expect(at.certificate).toBeFocused()
  await expect(at.certificate).toHaveAttribute('aria-invalid', 'true')
  await expect(at.panel.getByText('Paste the certificate of the controller first.')).toBeVisible()
  await at.certificate.fill('-----BEGIN RSA PRIVATE KEY-----')
  await expect(at.panel.getByText('This is a private key.')).toBeVisible()
  await at.certificate.fill(certificate)
  await expect(at.certificate).not.toHaveAttribute('aria-invalid')
  await at.seal.click()
  await expect(at.panel.getByText('Type or generate at least one value.')).toBeVisible()
  await expect(at.password).toBeFocused()

  // What comes second joins what was sealed first; another certificate begins anew.
  await at.password.fill(password)
  await at.seal.click()
  await expect(at.panel.getByText('Not sealed yet: APP_AUTH_JWT_SECRET.')).toBeVisible()
  await at.jwtSecret.fill('x'.repeat(32))
  await at.seal.click()
  await expect(at.panel.getByText('Not sealed yet')).toHaveCount(0)
  const { encryptedData } = read(await at.result.inputValue()).spec
  const opened = Object.values(encryptedData).map((value) =>
    unseal(privateKey, value, 'shop/orders-secrets'),
  )
  expect(opened).toEqual([password, 'x'.repeat(32)])
  await at.certificate.fill(`${certificate}\n`)
  await expect(at.result).toHaveCount(0)
})

test('the panel is there for Sealed Secrets only, and begins anew for another place', async ({
  app,
}) => {
  const at = await openPanel(app)
  await at.certificate.fill(certificate)
  await at.password.fill(password)
  await app.field('Sealed for').selectOption('namespace-wide')
  await expect(at.panel).toContainText('Sealed for any name in this namespace.')
  await expect(at.password).toHaveValue('')
  await expect(at.certificate).toHaveValue(certificate)
  await app.field('Method').selectOption('sops')
  await expect(at.panel).toHaveCount(0)
})

for (const colorScheme of ['light', 'dark'] as const)
  test(`the panel has no accessibility violation in ${colorScheme}, and fits a phone`, async ({
    app,
  }) => {
    await app.page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    const at = await openPanel(app)
    const check = async () => {
      const { violations } = await new AxeBuilder({ page: app.page })
        .include('.seal')
        .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])
        .analyze()
      expect(violations.map(({ id, nodes }) => `${id} ${nodes[0]?.failureSummary}`)).toEqual([])
    }
    await check()
    await at.seal.click()
    await check()
    await at.certificate.fill(certificate)
    await at.password.fill(password)
    await at.seal.click()
    await expect(at.result).toBeVisible()
    await check()
    await app.page.setViewportSize({ width: 390, height: 844 })
    expect(
      await app.settings.evaluate((pane) => pane.scrollWidth - pane.clientWidth),
    ).toBeLessThanOrEqual(0)
    await check()
  })
