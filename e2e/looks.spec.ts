import AxeBuilder from '@axe-core/playwright'
import { pages } from '../components/form/outline.ts'
import { presetConfig, presets, type Preset } from '../lib/config/index.ts'
import { encodeLink } from '../lib/share/index.ts'
import { expect, test } from './screen.ts'

const busiest = encodeLink({
  ...presetConfig(presets.find(({ id }) => id === 'kubernetes-production') as Preset),
  'target.platforms': ['kubernetes', 'compose', 'container'],
})

for (const scheme of ['light', 'dark'] as const)
  test(`no section has an accessibility violation in ${scheme}`, async ({ app }) => {
    test.setTimeout(420_000)
    await app.page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' })
    await app.open(busiest)
    await app.page
      .locator('footer')
      .getByRole('button', { name: /problem|error|warning/i })
      .click()
    for (const { title } of pages) {
      await app.section(title)
      const advanced = app.settings.locator('details.advanced:not([open]) summary')
      if (await advanced.isVisible()) await advanced.click()
      const { violations } = await new AxeBuilder({ page: app.page })
        .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])
        .analyze()
      expect(
        violations.map(
          ({ id, nodes }) => `${title}: ${id} ${nodes[0]?.target} ${nodes[0]?.failureSummary}`,
        ),
      ).toEqual([])
    }
  })

for (const width of [320, 390, 768, 1024])
  test(`nothing is wider than a screen of ${width}`, async ({ app }) => {
    await app.page.setViewportSize({ width, height: 720 })
    await app.open(busiest)
    for (const { title } of pages) {
      await app.section(title)
      expect(
        await app.page.evaluate(() => document.documentElement.scrollWidth),
      ).toBeLessThanOrEqual(width)
      expect(
        await app.settings.evaluate((pane) => pane.scrollWidth - pane.clientWidth),
        title,
      ).toBeLessThanOrEqual(0)
    }
  })

test('a phone has two panes and three buttons', async ({ app }) => {
  await app.page.setViewportSize({ width: 390, height: 844 })
  await app.open()
  await expect(app.files).toBeHidden()
  await app.section('Database')
  await app.field('Host').fill('db.shop')
  await app.settings.getByRole('button', { name: /^Changes/ }).click()
  await expect(app.settings).toBeHidden()
  await expect(app.marked.filter({ hasText: 'db.shop' }).first()).toBeInViewport()
  for (const name of ['Share link', 'Download bundle']) {
    const box = await app.page.getByRole('button', { name }).boundingBox()
    expect(box?.height).toBeGreaterThanOrEqual(42)
  }
})

test('the theme is chosen and remembered', async ({ app }) => {
  await app.page.emulateMedia({ colorScheme: 'light' })
  await app.open()
  const background = () => app.page.evaluate(() => getComputedStyle(document.body).backgroundColor)
  const light = await background()
  await app.page.getByRole('button', { name: /^Theme/ }).click()
  await app.page.getByRole('menuitemradio', { name: 'Dark' }).click()
  const dark = await background()
  expect(dark).not.toBe(light)
  await app.page.reload()
  expect(await background()).toBe(dark)
})

test('an address that is none gets a page of its own', async ({ app }) => {
  const answer = await app.page.request.get('/nowhere/')
  expect(answer.status()).toBe(404)
  expect(await answer.text()).toContain('There is no page here')
  expect(answer.headers()['content-security-policy']).toContain("default-src 'none'")
})
