import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { chromium } from '@playwright/test'

const root = join(import.meta.dirname, '../..')
const port = 3179
const typed = 'orders-of-the-shop-typed-by-somebody-who-is-in-haste'.slice(0, 50)

/** Long tasks while fifty characters are typed into a field, the processor slowed four times. */
export async function typing(): Promise<readonly string[]> {
  const server = spawn(join(root, 'node_modules/.bin/tsx'), ['scripts/serve.ts'], { cwd: root, env: { ...process.env, PORT: String(port) }, stdio: 'pipe' })
  try {
    await new Promise((resolve) => server.stdout.once('data', resolve))
    return [await measure()]
  } finally {
    server.kill()
  }
}

async function measure(): Promise<string> {
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM_PATH, args: ['--no-sandbox', '--disable-quic'] })
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } })
  await page.goto(`http://127.0.0.1:${port}/`, { waitUntil: 'networkidle' })
  const field = page.getByRole('region', { name: 'Settings' }).getByLabel('Service name', { exact: true }).first()
  await field.click()
  await page.waitForTimeout(1500)
  const session = await page.context().newCDPSession(page)
  await session.send('Emulation.setCPUThrottlingRate', { rate: 4 })
  await page.evaluate(() => {
    const durations: number[] = []
    Object.assign(globalThis, { longTasks: durations })
    new PerformanceObserver((list) => durations.push(...list.getEntries().map(({ duration }) => duration))).observe({ type: 'longtask' })
  })
  await field.pressSequentially(typed, { delay: 60 })
  await page.waitForTimeout(1000)
  const durations = await page.evaluate(() => (globalThis as unknown as { longTasks: number[] }).longTasks)
  await browser.close()
  const longest = durations.length === 0 ? '' : `, the longest ${Math.max(...durations).toFixed(0)} ms`
  return `typing ${typed.length} characters at a quarter of the speed: ${durations.length} tasks over 50 ms${longest} (bar: 0)`
}
