/** `npm test`: everything that must hold, in the order of how quickly it can fail. */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { bin, build, installPackages, root, run } from './setup.mjs'

const reports = join(root, 'test-results')
const counts = { passed: 0, failed: 0, skipped: 0 }

installPackages()
const { browserEnvironment, installCompose, installHelm, installPostgres, installPrograms, installServers } = await import('./tools.mjs')
await installHelm()
installPrograms()
installServers()
installCompose()
installPostgres()

step('generated files', () => run(bin('tsx'), ['scripts/generate.ts', '--check']))
step('types', () => {
  run(bin('next'), ['typegen'])
  run(bin('tsc'), ['--noEmit'])
  run(bin('tsc'), ['-p', 'lib'])
})
step('lint', () => run(bin('eslint'), ['.', '--max-warnings', '0']))

rmSync(reports, { recursive: true, force: true })
mkdirSync(reports, { recursive: true })
step('unit and real tools', () => {
  const report = join(reports, 'vitest.json')
  const { status } = shown(bin('vitest'), ['run', '--reporter=dot', '--reporter=json', `--outputFile.json=${report}`])
  const { numPassedTests, numFailedTests, numPendingTests } = read(report)
  count(numPassedTests, numFailedTests, numPendingTests, status)
})
step('build', build)
step('browser', () => {
  const report = join(reports, 'playwright.json')
  const { status } = shown(bin('playwright'), ['test', '--reporter=dot,json'], { ...browserEnvironment(), PLAYWRIGHT_JSON_OUTPUT_FILE: report })
  const { expected, unexpected, skipped, flaky } = read(report).stats ?? {}
  count(expected + (flaky ?? 0), unexpected, skipped, status)
})

const skipped = counts.skipped > 0 ? `, ${counts.skipped} skipped` : ''
console.log(`\n${counts.passed} passed, ${counts.failed} failed${skipped}`)
process.exit(counts.failed > 0 || (process.env.CI && counts.skipped > 0) ? 1 : 0)

function step(name, work) {
  console.log(`\n── ${name}`)
  work()
}

function shown(command, args, extra = {}) {
  return spawnSync(command, args, { cwd: root, stdio: 'inherit', env: { ...process.env, NEXT_TELEMETRY_DISABLED: '1', ...extra } })
}

function read(report) {
  return existsSync(report) ? JSON.parse(readFileSync(report, 'utf8')) : {}
}

/** A runner that ends badly without naming a failed test counts as one. */
function count(passed = 0, failed = 0, skipped = 0, status = 0) {
  counts.passed += passed
  counts.failed += status !== 0 ? Math.max(failed, 1) : failed
  counts.skipped += skipped
}
