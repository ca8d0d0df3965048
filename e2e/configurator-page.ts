import { expect, test as base, type Locator, type Page } from '@playwright/test'

/** The configurator as its users see it: by names and roles, never by classes. */
export class ConfiguratorPage {
  readonly settings: Locator
  readonly files: Locator
  readonly problems: Locator

  constructor(readonly page: Page) {
    this.settings = page.getByRole('region', { name: 'Settings' })
    this.files = page.getByRole('region', { name: 'Files' })
    this.problems = page.getByRole('region', { name: 'Problems' })
  }

  /** Opens the page, with a link's fragment or without, and waits until it answers. */
  async open(fragment = ''): Promise<void> {
    await this.page.goto(`/${fragment === '' ? '' : `#${fragment}`}`)
    await expect(this.page.getByRole('button', { name: 'Download bundle' }).first()).toBeEnabled()
  }

  async section(name: string): Promise<void> {
    await this.page.getByRole('navigation', { name: 'Sections' }).getByRole('button', { name: new RegExp(`^${name}\\b`) }).click()
    await expect(this.settings.getByRole('heading', { name, exact: true })).toBeVisible()
  }

  field(label: string): Locator {
    return this.settings.getByLabel(label, { exact: true }).first()
  }

  async preset(name: string): Promise<void> {
    await this.page.getByRole('button', { name: /^Preset:/ }).click()
    await this.page.getByRole('menuitemradio', { name: new RegExp(`^${name}`) }).click()
  }

  /** Opens a file in the preview. */
  async file(tab: string, name: string): Promise<Locator> {
    await this.files.getByRole('tab', { name: new RegExp(`^${tab}`) }).click()
    await this.files.getByRole('treeitem', { name: new RegExp(`^${name.replaceAll('.', '\\.')}`) }).first().click()
    return this.files.locator('pre').first()
  }

  /** The fragment that the address bar holds once it has caught up with the configuration. */
  async fragment(expected: string): Promise<void> {
    await expect.poll(() => new URL(this.page.url()).hash.slice(1)).toBe(expected)
  }

  async download(): Promise<Uint8Array> {
    const waiting = this.page.waitForEvent('download')
    await this.page.getByRole('button', { name: 'Download bundle' }).first().click()
    const download = await waiting
    const chunks: Uint8Array[] = []
    for await (const chunk of await download.createReadStream()) chunks.push(chunk as Uint8Array)
    return Uint8Array.from(Buffer.concat(chunks))
  }
}

/** Every test gets the page, and fails when anything leaves the origin, breaks the policy or lands in the console as an error. */
export const test = base.extend<{ configurator: ConfiguratorPage }>({
  configurator: async ({ page, baseURL }, use) => {
    const faults: string[] = []
    page.on('request', (request) => {
      const url = new URL(request.url())
      if (!['blob:', 'data:'].includes(url.protocol) && url.origin !== baseURL) faults.push(`request to ${request.url()}`)
    })
    page.on('console', (message) => {
      if (message.type() === 'error') faults.push(`console: ${message.text()}`)
    })
    page.on('pageerror', (error) => faults.push(`error: ${error.message}`))
    await page.addInitScript(() => {
      document.addEventListener('securitypolicyviolation', (event) => console.error(`policy: ${event.violatedDirective} ${event.blockedURI}`))
    })
    await use(new ConfiguratorPage(page))
    expect(faults).toEqual([])
  },
})

export { expect } from '@playwright/test'
