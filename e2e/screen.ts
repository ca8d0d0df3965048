import { test as base, expect, type Locator, type Page } from '@playwright/test'

/** The page as its visitors know it. */
export class Screen {
  readonly settings: Locator
  readonly files: Locator
  readonly problems: Locator
  readonly marked: Locator

  constructor(readonly page: Page) {
    this.settings = page.getByRole('region', { name: 'Settings' })
    this.files = page.getByRole('region', { name: 'Files' })
    this.problems = page.getByRole('region', { name: 'Problems' })
    this.marked = this.files.locator('mark.line')
  }

  /** Opens the page, at a configuration if there is a fragment, and waits until it is alive. */
  async open(fragment = ''): Promise<void> {
    await this.page.goto('about:blank')
    await this.page.goto(fragment === '' ? '/' : `/#${fragment}`)
    await this.ready()
  }

  async ready(): Promise<void> {
    await expect(this.page.locator('.app[data-alive]')).toBeVisible()
  }

  async section(title: string): Promise<void> {
    const rail = this.page.getByRole('navigation', { name: 'Sections' })
    if (await rail.isVisible())
      await rail.getByRole('button', { name: new RegExp(`^${title}( \\(|$)`) }).click()
    else {
      const select = this.page.getByLabel('Section', { exact: true })
      // By its value: the label counts problems, which may be found in the meantime.
      const option = select.locator('option', { hasText: new RegExp(`^${title}`) }).first()
      await select.selectOption(await option.getAttribute('value'))
    }
    await expect(this.settings.getByRole('heading', { name: title, exact: true })).toBeVisible()
  }

  field(label: string): Locator {
    return this.settings.getByLabel(label, { exact: true })
  }

  /** A field with everything that is said at it. */
  row(label: string): Locator {
    return this.settings.locator('.row', { has: this.page.getByLabel(label, { exact: true }) })
  }

  async showFile(tab: string, path: string): Promise<void> {
    await this.files.getByRole('tab', { name: new RegExp(`^${tab}`) }).click()
    await this.files.locator(`[role=treeitem][data-path="${path}"]`).click()
    await expect(this.code(path)).toBeVisible()
  }

  code(path: string): Locator {
    return this.files.getByRole('group', { name: path, exact: true })
  }

  async preset(label: string): Promise<void> {
    await this.page.getByRole('button', { name: /^Preset:/ }).click()
    await this.page.getByRole('menuitemradio', { name: new RegExp(`^${label}`) }).click()
  }
}

/** A test with a page that must stay silent: no error, no violated policy, no request that leaves it. */
export const test = base.extend<{ app: Screen }>({
  app: async ({ page, baseURL }, provide) => {
    const complaints: string[] = []
    page.on('console', (message) => {
      if (message.type() === 'error' || message.type() === 'warning')
        complaints.push(message.text())
    })
    page.on('pageerror', (error) => complaints.push(error.message))
    page.on('request', (request) => {
      const url = request.url()
      if (!url.startsWith(baseURL as string) && !/^(data|blob|about):/.test(url))
        complaints.push(`request to ${url}`)
    })
    await page.addInitScript(() => {
      document.addEventListener('securitypolicyviolation', (event) =>
        console.error(`policy: ${event.violatedDirective} ${event.blockedURI}`),
      )
    })
    await provide(new Screen(page))
    expect(complaints).toEqual([])
  },
})

export { expect }
