import { expect, test } from './screen.ts'

test('the first paint shows real output, without any script', async ({ browser, baseURL }) => {
  const context = await browser.newContext({ javaScriptEnabled: false, baseURL })
  const page = await context.newPage()
  await page.goto('/')
  await expect(page.getByRole('region', { name: 'Files' })).toContainText('kind: ConfigMap')
  await expect(
    page.getByRole('region', { name: 'Settings' }).getByLabel('Service name'),
  ).toHaveValue('chassis')
  await context.close()
})

test('typing marks the lines that it changes', async ({ app }) => {
  await app.open()
  await expect(app.marked).toHaveCount(0)
  await app.section('Database')
  await app.field('Host').fill('')
  await app.field('Host').pressSequentially('orders-db.internal')
  await expect(app.field('Host')).toHaveValue('orders-db.internal')
  await expect(app.marked.filter({ hasText: 'orders-db.internal' })).toHaveCount(1)
  await expect(
    app.settings.getByRole('button', { name: /^Changes \d+ lines in \d+ files/ }),
  ).toBeVisible()
  await expect(app.page.locator('footer')).toContainText('changed by Database › Host')
  await expect(
    app.files.getByRole('treeitem', { name: /configmap.yaml, changed/ }).first(),
  ).toBeVisible()
})

test('the address follows, and reopens the same configuration', async ({ app, context }) => {
  await app.open()
  await app.field('Service name').fill('orders')
  await expect(app.page).toHaveURL(/#v1\./)
  const other = await context.newPage()
  await other.goto(app.page.url())
  await expect(
    other.getByRole('region', { name: 'Settings' }).getByLabel('Service name'),
  ).toHaveValue('orders')
  await expect(other.getByRole('region', { name: 'Files' })).toContainText('name: orders')
  await expect(other.locator('mark.line')).toHaveCount(0)
})

test('undo and redo follow steps, not keystrokes', async ({ app }) => {
  await app.open()
  const undo = app.page.getByRole('button', { name: 'Undo', exact: true })
  const redo = app.page.getByRole('button', { name: 'Redo', exact: true })
  await expect(undo).toBeDisabled()
  await app.field('Service name').fill('orders')
  await app.field('Namespace').pressSequentially('-shop')
  await app.settings.getByLabel('VM with Compose').check()
  await undo.click()
  await expect(app.settings.getByLabel('VM with Compose')).not.toBeChecked()
  await undo.click()
  await expect(app.field('Namespace')).toHaveValue('chassis')
  await app.field('Namespace').press('Control+z')
  await expect(app.field('Service name')).toHaveValue('chassis')
  await app.field('Namespace').press('Control+Shift+z')
  await expect(app.field('Service name')).toHaveValue('orders')
  await redo.click()
  await redo.click()
  await expect(app.settings.getByLabel('VM with Compose')).toBeChecked()
  await expect(redo).toBeDisabled()
})

test('presets are recognized, counted and reset', async ({ app }) => {
  await app.open()
  const menu = app.page.getByRole('button', { name: /^Preset:/ })
  await app.preset('VM with Compose')
  await expect(app.files.getByRole('tab', { name: /^Compose/ })).toBeVisible()
  await expect(app.files.getByRole('tab', { name: /^Chart/ })).toHaveCount(0)
  await expect(menu).not.toContainText('change')
  await app.field('Service name').fill('orders')
  await expect(menu).toContainText('+ 1 change')
  await menu.click()
  await app.page.getByRole('menuitem', { name: 'Reset all 1 change' }).click()
  await expect(app.field('Service name')).toHaveValue('chassis')
})

test('a changed field can be reset, alone or with its section', async ({ app }) => {
  await app.open()
  await app.field('Service name').fill('orders')
  await app.field('Namespace').fill('shop')
  await expect(app.settings).toContainText('2 of')
  await app.settings.getByRole('button', { name: 'Reset Service name' }).click()
  await expect(app.field('Service name')).toHaveValue('chassis')
  await app.settings.getByRole('button', { name: 'Reset section' }).click()
  await expect(app.field('Namespace')).toHaveValue('chassis')
})

test('what does not apply is hidden and says why', async ({ app }) => {
  await app.open()
  await app.section('Machine')
  await expect(app.settings).toContainText('because Platform is Kubernetes')
  await app.settings.getByRole('button', { name: /^Go to Target › Platform/ }).click()
  await expect(app.settings.getByRole('heading', { name: 'Target', exact: true })).toBeVisible()
  await app.section('Database')
  await app.settings.getByLabel('SQLite', { exact: true }).check()
  await expect(app.settings.getByLabel('Volume size', { exact: true })).toBeVisible()
  await expect(app.field('Host')).toHaveCount(0)
})

test('lists take items by key, comma and paste', async ({ app }) => {
  await app.open()
  await app.showFile('Manifests', 'manifests/deployment.yaml')
  await app.section('Exposure')
  const hosts = app.field('Host names')
  await hosts.fill('a.example.com')
  await expect(app.marked.filter({ hasText: 'a.example.com' }).first()).toBeVisible()
  await hosts.press('Enter')
  await hosts.pressSequentially('b.example.com,')
  await expect(app.settings.getByRole('button', { name: 'Remove a.example.com' })).toBeVisible()
  await app.settings.getByRole('button', { name: 'Remove a.example.com' }).click()
  await hosts.press('Backspace')
  await expect(hosts).toHaveValue('b.example.com')
})

test('a number that is none stays out of the files and says so', async ({ app }) => {
  await app.open()
  await app.section('Application')
  const timeout = app.field('Request timeout')
  await timeout.fill('12 apples')
  await expect(app.settings).toContainText(
    'Needs a whole number from 1 to 300; 30 stays in the files.',
  )
  await expect(timeout).toHaveAttribute('aria-invalid', 'true')
  await timeout.fill('45')
  await expect(app.settings).not.toContainText('Needs a whole number')
  await expect(app.marked.filter({ hasText: '45' }).first()).toBeVisible()
})

test('says why a line is there', async ({ app }) => {
  await app.open()
  await app.section('Database')
  await app.field('Host').fill('orders-db.internal')
  await app.marked.filter({ hasText: 'orders-db.internal' }).click()
  const why = app.page.getByRole('complementary', { name: 'Why is this line here?' })
  await expect(why).toContainText('Database › Host, which you changed')
  await expect(why).toContainText('Written by chart/templates/')
})
