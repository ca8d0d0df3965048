import AxeBuilder from '@axe-core/playwright'
import { sections } from '../lib/config/index.ts'
import { expect, test } from './configurator-page.ts'

for (const colorScheme of ['light', 'dark'] as const)
  test(`axe finds nothing serious in any section, ${colorScheme}`, async ({ configurator, page }) => {
    test.setTimeout(240_000)
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    await configurator.open()
    await configurator.preset('Kubernetes, production')
    const names = await page.getByRole('navigation', { name: 'Sections' }).getByRole('listitem').getByRole('button').allInnerTexts()
    expect(names.length).toBeGreaterThan(sections.length - 4)
    for (const name of names) {
      await configurator.section(name.split('\n')[0]!.trim())
      for (const details of await configurator.settings.locator('details:not([open])').all()) await details.locator('summary').click()
      const { violations } = await new AxeBuilder({ page }).analyze()
      const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')
      expect(serious.map(({ id, nodes }) => `${name}: ${id} ${nodes.map(({ target }) => target.join(' ')).join(', ')}`)).toEqual([])
    }
  })

test('axe finds nothing serious in the panels', async ({ configurator, page }) => {
  await configurator.open()
  await page.getByRole('contentinfo').getByRole('button', { name: /problems|notes/i }).first().click()
  await configurator.files.getByRole('tab', { name: /^Checklist/ }).click()
  const { violations } = await new AxeBuilder({ page }).analyze()
  expect(violations.filter(({ impact }) => impact === 'serious' || impact === 'critical').map(({ id }) => id)).toEqual([])
})

test('everything works with the keyboard alone', async ({ configurator, page }) => {
  await configurator.open()
  await page.keyboard.press('Tab')
  await expect(page.locator(':focus')).toHaveAttribute('href', /#/)
  await page.keyboard.press('ControlOrMeta+k')
  await page.keyboard.type('service name')
  await page.keyboard.press('Enter')
  await expect(configurator.field('Service name')).toBeFocused()
  await page.keyboard.press('ControlOrMeta+a')
  await page.keyboard.type('orders')
  await expect(page.getByRole('contentinfo')).toContainText('changed by Service name')
  await page.keyboard.press('ControlOrMeta+z')
  await expect(configurator.field('Service name')).toHaveValue('chassis')
  await page.keyboard.press('ControlOrMeta+Shift+z')
  await expect(configurator.field('Service name')).toHaveValue('orders')
  await page.keyboard.press('F6')
  await expect(configurator.settings.locator(':focus')).toHaveCount(0)
  const download = page.waitForEvent('download')
  await page.keyboard.press('ControlOrMeta+s')
  expect((await download).suggestedFilename()).toBe('orders-deploy.zip')
})

test.describe('on a phone', () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true })

  for (const width of [390, 320])
    test(`nothing scrolls sideways at ${width} px, and targets are large enough`, async ({ configurator, page }) => {
      await page.setViewportSize({ width, height: 844 })
      await configurator.open()
      const sideways = () => page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
      const select = page.getByLabel('Section', { exact: true })
      for (const section of await select.locator('option').allInnerTexts()) {
        await select.selectOption({ label: section })
        expect(await sideways(), section).toBeLessThanOrEqual(0)
      }
      for (const name of ['Download bundle', 'Share link'])
        expect((await page.getByRole('button', { name }).locator('visible=true').first().boundingBox())?.height).toBeGreaterThanOrEqual(42)
      await page.getByRole('button', { name: /^Files/ }).click()
      await expect(configurator.files).toBeVisible()
      expect(await sideways()).toBeLessThanOrEqual(0)
    })
})

test('dark follows the system and the choice is remembered', async ({ configurator, page }) => {
  const background = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor)
  await page.emulateMedia({ colorScheme: 'light' })
  await configurator.open()
  const light = await background()
  await page.emulateMedia({ colorScheme: 'dark' })
  expect(await background()).not.toBe(light)
  await page.getByRole('button', { name: /theme/i }).click()
  await page.getByRole('menuitemradio', { name: /light/i }).click()
  expect(await background()).toBe(light)
  await page.reload()
  expect(await background()).toBe(light)
})
