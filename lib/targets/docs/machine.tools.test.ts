import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { dockerOf, dockerStandIn, setDocker } from '../../../testing/docker-stand-in.ts'
import { calling, machine, type Machine } from '../../../testing/scripts.ts'
import { requireTool } from '../../../testing/tools.ts'
import { variation } from '../../../testing/variations.ts'
import type { Config } from '../../config/index.ts'
import { compose } from '../compose/index.ts'
import { container } from '../container/index.ts'
import { envFile } from '../env-file/index.ts'
import { proxy } from '../proxy/index.ts'
import { readme } from './readme.ts'

let open: Machine | undefined
let place = ''
afterEach(() => {
  open?.remove()
  rmSync(place, { recursive: true, force: true })
})

const caddy = requireTool('caddy')
/** The machine is this one, what root is told is only written down, and callers get an answer. */
const programs: Readonly<Record<string, string>> = {
  ...dockerStandIn,
  ssh: '#!/bin/sh\nfor word; do :; done\nexec sh -c "$word"\n',
  sudo: '#!/bin/sh\necho "$*" >>"$HOME/root"\n',
  curl: '#!/bin/sh\necho "$*" >>"$HOME/asked"\n',
  ...(caddy !== undefined && { caddy: calling(caddy) }),
}

/** Every command of the README's part about the machine, in its order. */
function follow(config: Config, dump: string) {
  place = mkdtempSync(join(tmpdir(), 'chassis-readme-'))
  const there = join(place, 'remote')
  const own = { ...config, 'vm.path': there }
  const blocks = [...(/^## VM[\s\S]*?(?=^## )/m.exec(readme(own))?.[0] ?? '').matchAll(/^```sh\n([\s\S]*?)^```$/gm)].map(([, block]) => block as string)
  // The way back is there from the second deployment on.
  const again = blocks.find((block) => block.includes('sh ops/deploy-compose.sh')) ?? ''
  // What the text before the last block asks for: the file has been copied to the machine.
  const copied = `[ -f ${dump} ] && cp ${dump} "${there}/${dump}"\n`
  const made = (open = machine([...[compose, container, envFile, proxy].flatMap((target) => target.render(own)), { path: 'follow.sh', text: `set -eu\ncd "$(dirname "$0")"\n${blocks.slice(0, -1).map((block) => (block.includes('--back') ? `${again}${block}` : block)).join('\n')}\n${copied}${blocks.at(-1)}` }], programs))
  setDocker(made, { dumps: [dump] })
  mkdirSync(there)
  for (const name of ['root', 'asked']) writeFileSync(join(made.folder, '..', name), '')
  const { status, stderr } = made.run('follow.sh')
  return { status, stderr, state: dockerOf(made), root: readFileSync(join(made.folder, '../root'), 'utf8'), asked: readFileSync(join(made.folder, '../asked'), 'utf8') }
}

test.each([
  ['the stack with backups', { ...variation('vm-compose'), 'vm.backup': true }, '20260101T000000Z.dump', 'app'],
  ['the stack with backups, SQLite', { ...variation('sqlite in Compose'), 'vm.backup': true }, '20260101T000000Z.db', 'app'],
  ['two colours behind nginx', { ...variation('no downtime by nginx'), 'vm.backup': true }, '20260101T000000Z.dump', undefined],
  ['one container with backups, kept by systemd', { ...variation('vm-container'), 'vm.backup': true, 'vm.systemd': true }, '20260101T000000Z.db', 'chassis'],
  ...(caddy === undefined ? [] : [['one container behind Caddy', { ...variation('Caddy on the machine'), 'database.backend': 'sqlite', 'vm.backup': true }, '20260101T000000Z.db', 'chassis']]),
] as readonly (readonly [string, Config, string, string | undefined])[])('the commands for %s lead to a service that runs, and back', (_, config, dump, service) => {
  const { status, stderr, state, root, asked } = follow(config, dump)
  expect(status, stderr).toBe(0)
  if (service) expect(state.containers[service]).toMatchObject({ running: true, good: true })
  expect(state.restored).toBe('received.dump')
  expect(stderr).not.toMatch(/No such file|not found/)
  expect(asked).toContain('--fail')
  if (config['vm.systemd']) expect(root).toContain('systemctl enable --now chassis.service')
})
