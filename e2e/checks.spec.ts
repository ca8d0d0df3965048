import { expect, test } from './screen.ts'

test('a problem stands at its field, and its button solves it', async ({ app }) => {
  await app.open()
  await app.section('Database')
  const pool = app.field('Connections per process')
  await pool.fill('90')
  await expect(pool).toHaveAttribute('aria-invalid', 'true')
  const row = app.row('Connections per process')
  await expect(row).toContainText('connections')
  await expect(
    app.page
      .getByRole('navigation', { name: 'Sections' })
      .getByRole('button', { name: /^Database \(1 changed, 1 error/ }),
  ).toBeVisible()
  await row.getByRole('button', { name: /^Use / }).first().click()
  await expect(pool).not.toHaveAttribute('aria-invalid')
  await app.page.getByRole('button', { name: 'Undo', exact: true }).click()
  await expect(pool).toHaveValue('90')
})

test('the panel lists problems and leads to them', async ({ app }) => {
  await app.open()
  await app.section('Database')
  await app.field('Connections per process').fill('90')
  await app.section('Target')
  await app.page.locator('footer').getByRole('button', { name: /error/ }).click()
  await app.problems.getByRole('button', { name: /^Database › Connections/ }).click()
  await expect(app.field('Connections per process')).toBeFocused()
  await app.problems.getByRole('button', { name: 'Close problems' }).click()
  await expect(app.problems.getByRole('heading')).toHaveCount(0)
})

test('F8 goes from problem to problem', async ({ app }) => {
  await app.open()
  await app.page.keyboard.press('F8')
  const first = await app.page.evaluate(() => document.activeElement?.id)
  expect(first).toMatch(/^setting-/)
  await app.page.keyboard.press('F8')
  expect(await app.page.evaluate(() => document.activeElement?.id)).not.toBe(first)
  await app.page.keyboard.press('Shift+F8')
  expect(await app.page.evaluate(() => document.activeElement?.id)).toBe(first)
})

test('the checklist tells what is met', async ({ app }) => {
  await app.open()
  await app.page
    .locator('footer')
    .getByRole('button', { name: /production checks met$/ })
    .click()
  await expect(app.files.getByText(/^\d+ of \d+ production checks met$/)).toBeVisible()
  await app.files.getByRole('button', { name: 'Go to the setting' }).first().click()
  await expect(app.settings.locator(':focus')).toHaveCount(1)
})
