import { spawnSync } from 'node:child_process'
import { chmodSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { inFolder } from '../../../testing/oracle.ts'
import { requireTool } from '../../../testing/tools.ts'
import { hostile, hostileTexts, variation } from '../../../testing/variations.ts'
import type { Config } from '../../config/index.ts'
import { container } from './index.ts'

const config = variation('systemd keeps the container')
const unitFileOf = (of: Config) => {
  const found = container.render(of).find(({ path }) => path.endsWith('.service'))
  if (!found) throw new Error('no unit')
  return found
}

test('the unit has the name of the service and starts its container', () => {
  const { path, text } = unitFileOf(config)
  expect(path).toBe('deploy/chassis.service')
  expect(text).toContain('\nExecStart=/usr/bin/docker start --attach "chassis"\n')
  expect(container.render({ ...config, 'vm.systemd': false })).toHaveLength(1)
})

test.each(hostileTexts)('%j stays one word of one line', (value) => {
  const { path, text } = unitFileOf({ ...hostile(value, ['container']), 'vm.systemd': true })
  expect(path).toBe('deploy/app.service')
  const { text: plain } = unitFileOf(config)
  const keys = (unit: string) => unit.split('\n').map((line) => line.split('=')[0])
  expect(keys(text.replace(/^#.*$/gm, '#'))).toEqual(keys(plain.replace(/^#.*$/gm, '#')))
  expect(/^ExecStart=\/usr\/bin\/docker start --attach "(\\.|%%|\$\$|[^"\\%$])*"$/m.test(text)).toBe(true)
})

const analyze = requireTool('systemd-analyze')
describe.skipIf(analyze === undefined)('systemd accepts', () => {
  test.each([['the unit', config], ...hostileTexts.map((text) => [text, { ...hostile(text, ['container']), 'vm.systemd': true }] as const)] as const)(
    '%s',
    async (_, of) => {
      const { text } = unitFileOf(of)
      await inFolder([], (folder) => {
        // It looks for the programs and for the unit of Docker, which a machine of tests need not have.
        const docker = join(folder, 'docker')
        writeFileSync(docker, '#!/bin/sh\n')
        chmodSync(docker, 0o755)
        writeFileSync(join(folder, 'docker.service'), `[Service]\nExecStart=${docker}\n`)
        writeFileSync(join(folder, 'app.service'), text.replaceAll('/usr/bin/docker', docker))
        const { status, stderr } = spawnSync(analyze as string, ['verify', '--man=no', join(folder, 'app.service')], {
          encoding: 'utf8',
          env: { ...process.env, SYSTEMD_UNIT_PATH: `${folder}:` },
        })
        // Unknown keys are warnings with a good status.
        expect(stderr.split('\n').filter((line) => line.includes('app.service'))).toEqual([])
        expect(status, stderr).toBe(0)
        return Promise.resolve()
      })
    },
  )
})
