import { expect, test } from './screen.ts'

test('everything goes without a mouse', async ({ app, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await app.open()
  const { keyboard } = app.page
  await keyboard.press('Tab')
  await expect(app.page.getByRole('link', { name: 'Skip to settings' })).toBeFocused()
  await keyboard.press('Enter')
  await expect(app.settings).toBeFocused()
  await expect(app.page).not.toHaveURL(/#settings/)

  await keyboard.press('Control+k')
  await expect(app.page.getByRole('combobox', { name: 'Find a setting' })).toBeFocused()
  await keyboard.type('postgres host')
  await keyboard.press('Enter')
  await expect(app.field('Host')).toBeFocused()
  await keyboard.press('Control+a')
  await keyboard.type('db.shop')
  await expect(app.marked.filter({ hasText: 'db.shop' })).toHaveCount(1)

  await keyboard.press('F6')
  await expect(app.files).toBeFocused()
  await keyboard.press('F6')
  await expect(app.settings).toBeFocused()

  const [download] = await Promise.all([
    app.page.waitForEvent('download'),
    keyboard.press('Control+s'),
  ])
  expect(download.suggestedFilename()).toBe('chassis-deploy.zip')
  await keyboard.press('Control+Enter')
  await expect(app.page.getByRole('button', { name: 'Share link' })).toContainText('Link copied')
})

test('? explains the keys, but not while typing', async ({ app }) => {
  await app.open()
  await app.field('Service name').press('?')
  await expect(app.page.getByRole('dialog')).toHaveCount(0)
  await app.settings.focus()
  await app.page.keyboard.press('?')
  await expect(app.page.getByRole('dialog', { name: 'Keyboard and help' })).toBeVisible()
  await app.page.keyboard.press('Escape')
  await expect(app.page.getByRole('dialog')).toHaveCount(0)
})

test('tabs and tree move with arrows', async ({ app }) => {
  await app.open()
  const tab = app.files.getByRole('tab', { selected: true })
  await tab.focus()
  await tab.press('ArrowRight')
  await expect(app.files.getByRole('tab', { name: /^Values/ })).toBeFocused()
  await app.page.keyboard.press('ArrowLeft')
  const item = app.files.getByRole('treeitem', { selected: true })
  await item.focus()
  await item.press('ArrowDown')
  await app.page.keyboard.press('Enter')
  await expect(app.code('manifests/deployment.yaml')).toBeVisible()
})

test('changes are visited one after another', async ({ app }) => {
  await app.open()
  await app.field('Service name').fill('orders')
  await expect(app.marked.first()).toBeVisible()
  await app.files.getByRole('button', { name: 'Next change' }).click()
  const first = await app.files.locator('.line.current').textContent()
  await app.files.getByRole('button', { name: 'Next change' }).click()
  expect(await app.files.locator('.line.current').textContent()).not.toBe(first)
})
