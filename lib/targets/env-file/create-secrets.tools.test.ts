import { execFileSync } from 'node:child_process'
import { chmodSync, existsSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import { machine, shellcheck, type Machine } from '../../../testing/scripts.ts'
import { requireTool } from '../../../testing/tools.ts'
import { hostile, hostileTexts, variation, variations } from '../../../testing/variations.ts'
import type { Config } from '../../config/index.ts'
import { envFile } from './index.ts'

const program = requireTool('shellcheck')
const script = 'ops/create-secrets.sh'

let open: Machine[] = []
afterEach(() => {
  open.forEach((one) => one.remove())
  open = []
})

function start(config: Config): Machine {
  const made = machine(envFile.render(config))
  open.push(made)
  return made
}

const read = ({ folder }: Machine, path: string): Record<string, string> =>
  Object.fromEntries(
    readFileSync(join(folder, path), 'utf8')
      .trimEnd()
      .split('\n')
      .map((line) => line.split(/=(.*)/s).slice(0, 2)),
  )

const modeOf = ({ folder }: Machine, path: string): string =>
  (statSync(join(folder, path)).mode & 0o777).toString(8)

describe.skipIf(program === undefined)('ShellCheck accepts', () => {
  const all = [
    ...variations,
    ...hostileTexts.map((text) => [text, hostile(text, ['compose', 'container'])] as const),
  ]
  test.each(all)('%s', (_, config) => {
    const text = envFile.render(config).find(({ path }) => path === script)?.text
    if (text !== undefined) expect(shellcheck(program as string, text)).toBe('')
  })
})

test('draws what anyone may invent, for the application and its servers alike', () => {
  const host = start(variation('vm-compose'))
  const { status, stderr } = host.run(script)
  expect(stderr).toBe('')
  expect(status).toBe(0)
  const app = read(host, 'secrets/app.env')
  expect(Object.keys(app)).toEqual(['APP_DATABASE_POSTGRES_PASSWORD', 'APP_REDIS_PASSWORD'])
  expect(app.APP_DATABASE_POSTGRES_PASSWORD).toMatch(/^[A-Za-z0-9]{48}$/)
  expect(app.APP_REDIS_PASSWORD).not.toBe(app.APP_DATABASE_POSTGRES_PASSWORD)
  expect(read(host, 'secrets/postgres.env')).toEqual({
    POSTGRES_PASSWORD: app.APP_DATABASE_POSTGRES_PASSWORD,
  })
  expect(read(host, 'secrets/redis.env')).toEqual({ REDIS_PASSWORD: app.APP_REDIS_PASSWORD })
  expect(modeOf(host, 'secrets')).toBe('700')
  for (const name of ['app', 'postgres', 'redis'])
    expect(modeOf(host, `secrets/${name}.env`)).toBe('600')
  expect(readdirSync(join(host.folder, 'secrets')).sort()).toEqual([
    '.gitignore',
    'app.env',
    'postgres.env',
    'redis.env',
  ])
})

test('a second run changes nothing and says so', () => {
  const host = start(variation('vm-compose'))
  host.run(script)
  const before = readFileSync(join(host.folder, 'secrets/app.env'), 'utf8')
  const { status, stderr } = host.run(script, { env: { APP_REDIS_PASSWORD: 'another' } })
  expect(status).toBe(0)
  expect(stderr).toMatch(/exists already.*Nothing was changed/)
  expect(readFileSync(join(host.folder, 'secrets/app.env'), 'utf8')).toBe(before)
})

test('what a change made necessary is added, and the rest stays', () => {
  const host = start({
    ...variation('vm-compose'),
    'rateLimit.enabled': false,
    'cache.enabled': false,
  })
  host.run(script)
  const before = read(host, 'secrets/app.env')
  const full = envFile.render(variation('vm-compose')).find(({ path }) => path === script)
  writeFileSync(join(host.folder, script), full?.text ?? '')
  expect(host.run(script).status).toBe(0)
  expect(read(host, 'secrets/app.env')).toEqual({
    ...before,
    APP_REDIS_PASSWORD: expect.stringMatching(/^[A-Za-z0-9]{48}$/),
  })
  expect(read(host, 'secrets/postgres.env')).toEqual({
    POSTGRES_PASSWORD: before.APP_DATABASE_POSTGRES_PASSWORD,
  })
})

test('takes the values of the environment', () => {
  const host = start(variation('vm-compose'))
  expect(
    host.run(script, {
      env: { APP_DATABASE_POSTGRES_PASSWORD: 'Given-1', APP_REDIS_PASSWORD: 'given_2' },
    }).status,
  ).toBe(0)
  expect(read(host, 'secrets/app.env')).toEqual({
    APP_DATABASE_POSTGRES_PASSWORD: 'Given-1',
    APP_REDIS_PASSWORD: 'given_2',
  })
})

const external = variation('external servers')
const jwt = variation('shared JWT secret, tracing headers')
const good: Record<string, string> = {
  APP_DATABASE_POSTGRES_PASSWORD: 'p',
  APP_REDIS_PASSWORD: 'r',
  APP_AUTH_JWT_SECRET: 'x'.repeat(32),
  APP_OTEL_EXPORTER_OTLP_HEADERS: 'authorization=Bearer abc',
  APP_RATE_LIMIT_STORAGE_URL: 'rediss://u:p@redis:6380/0',
  APP_CACHE_STORAGE_URL: 'redis://redis',
  APP_DATABASE_URL: 'mysql+aiomysql://u:p@h/d',
  APP_ALEMBIC_DATABASE_URL: 'mysql+pymysql://u:p@h/d',
}

test.each([
  [external, { APP_DATABASE_POSTGRES_PASSWORD: 'a@b' }],
  [external, { APP_DATABASE_POSTGRES_PASSWORD: 'a%41' }],
  [external, { APP_DATABASE_POSTGRES_PASSWORD: 'a b' }],
  [external, { APP_DATABASE_POSTGRES_PASSWORD: 'a$b' }],
  [external, { APP_DATABASE_POSTGRES_PASSWORD: 'a"b' }],
  [external, { APP_DATABASE_POSTGRES_PASSWORD: "a'b" }],
  [external, { APP_DATABASE_POSTGRES_PASSWORD: 'a\\b' }],
  [external, { APP_DATABASE_POSTGRES_PASSWORD: 'a\nb' }],
  [external, { APP_DATABASE_POSTGRES_PASSWORD: 'ä' }],
  [external, { APP_DATABASE_POSTGRES_PASSWORD: '' }],
  ...['/', '#', '?', '[', ']', '%'].map(
    (one) => [external, { APP_REDIS_PASSWORD: `a${one}b` }] as const,
  ),
  [jwt, { APP_AUTH_JWT_SECRET: 'x'.repeat(31) }],
  [jwt, { APP_OTEL_EXPORTER_OTLP_HEADERS: 'token' }],
  [jwt, { APP_OTEL_EXPORTER_OTLP_HEADERS: 'a=b #c' }],
  [variation('own Redis URLs'), { APP_CACHE_STORAGE_URL: 'http://redis' }],
  [variation('custom database'), { APP_ALEMBIC_DATABASE_URL: 'mysql://u:%40@h' }],
  [
    { ...variation('custom database'), 'database.driver': 'postgresql+asyncpg' } as Config,
    { APP_DATABASE_URL: 'postgresql://u@h/d' },
  ],
] as readonly (readonly [Config, Record<string, string>])[])(
  'refuses what the application would not start with (%#)',
  (config, bad) => {
    const host = start(config)
    const { status, stderr } = host.run(script, { env: { ...good, ...bad } })
    expect(stderr).toMatch(new RegExp(`^create-secrets: ${Object.keys(bad)[0]} `))
    expect(status).toBe(1)
    expect(existsSync(join(host.folder, 'secrets/app.env'))).toBe(false)
    expect(readdirSync(join(host.folder, 'secrets'))).toEqual(['.gitignore'])
  },
)

test.each(
  variations.filter(([, config]) => envFile.render(config).some(({ path }) => path === script)),
)('good values pass for %s', (_, config) => {
  const host = start(config)
  const url: Record<string, string> =
    config['database.driver'] === 'other'
      ? {}
      : { APP_DATABASE_URL: `${config['database.driver']}://u:p@h/d` }
  const { status, stderr } = host.run(script, { env: { ...good, ...url } })
  expect(stderr).toBe('')
  expect(status).toBe(0)
})

test('a dry run says what is missing, and changes nothing', () => {
  const host = start(variation('vm-compose'))
  const { status, stderr } = host.run(script, { args: ['--dry-run'] })
  expect(status).toBe(0)
  expect(stderr).toBe('create-secrets: would draw APP_DATABASE_POSTGRES_PASSWORD, unless the environment has it\ncreate-secrets: would draw APP_REDIS_PASSWORD, unless the environment has it\n')
  expect(readdirSync(join(host.folder, 'secrets'))).toEqual(['.gitignore'])
  expect(host.run(script, { args: ['--all'] }).stderr).toMatch(/there is no option --all/)
})

test('two at once: the second does nothing', () => {
  const host = start(variation('vm-compose'))
  writeFileSync(join(host.folder, 'hold.sh'), `cd "$(dirname "$0")"\n(flock 8 && sh ${script}) 8>deploy/.lock\n`)
  expect(host.run('hold.sh').status).toBe(1)
  expect(readdirSync(join(host.folder, 'secrets'))).toEqual(['.gitignore'])
})

test('files that others may read are closed', () => {
  const host = start(variation('vm-compose'))
  host.run(script)
  chmodSync(join(host.folder, 'secrets/app.env'), 0o644)
  host.run(script)
  expect(modeOf(host, 'secrets/app.env')).toBe('600')
})

/** Stand-ins that do as the real program does, but at one call, counted over all of them, go wrong. */
const troubled = Object.fromEntries(
  ['mkdir', 'chmod', 'cat', 'grep', 'mv', 'rm', 'sed', 'head'].map((name) => [
    name,
    `#!/bin/sh
read -r count 2>/dev/null <"$HOME/count" || count=0
count=$((count + 1))
echo "$count" >"$HOME/count"
if [ "$count" != "\${AT:-0}" ]; then exec ${execFileSync('sh', ['-c', `command -v ${name}`], { encoding: 'utf8' }).trim()} "$@"; fi
case $HOW in
  fails) exit 1 ;;
  *)
    ${execFileSync('sh', ['-c', `command -v ${name}`], { encoding: 'utf8' }).trim()} "$@"
    read -r pid <"$HOME/script.pid"
    kill "-$HOW" "$pid"
    ;;
esac
`,
  ]),
)

test('whatever fails or cuts it off, no value is lost or changed, and a second run ends the work', async () => {
  const some = { ...variation('vm-compose'), 'rateLimit.enabled': false, 'cache.enabled': false }
  const full = envFile.render(variation('vm-compose')).find(({ path }) => path === script)?.text ?? ''
  const host = machine(envFile.render(some), troubled)
  open.push(host)
  host.run(script)
  writeFileSync(join(host.folder, script), full)
  const before = read(host, 'secrets/app.env')
  const counter = (one: Machine): string => join(one.folder, '../count')
  writeFileSync(counter(host), '0\n')
  const whole = host.copy()
  open.push(whole)
  expect(whole.run(script).status).toBe(0)
  const calls = Number(readFileSync(counter(whole), 'utf8'))
  let cases = 0
  for (let at = 1; at <= calls; at++)
    for (const how of ['fails', 'TERM', 'INT', 'KILL']) {
      const one = host.copy()
      await one.begin(script, { env: { AT: String(at), HOW: how } })
      cases++
      const place = `${how} at ${at}`
      expect(read(one, 'secrets/app.env'), place).toMatchObject(before)
      for (const name of readdirSync(join(one.folder, 'secrets'))) if (name !== '.gitignore') expect(modeOf(one, `secrets/${name}`), place).toBe('600')
      expect((await one.begin(script)).status, place).toBe(0)
      const app = read(one, 'secrets/app.env')
      expect(app, place).toEqual({ ...before, APP_REDIS_PASSWORD: expect.stringMatching(/^[A-Za-z0-9]{48}$/) })
      expect(read(one, 'secrets/postgres.env'), place).toEqual({ POSTGRES_PASSWORD: app.APP_DATABASE_POSTGRES_PASSWORD })
      expect(read(one, 'secrets/redis.env'), place).toEqual({ REDIS_PASSWORD: app.APP_REDIS_PASSWORD })
      expect(readdirSync(join(one.folder, 'secrets')).toSorted(), place).toEqual(['.gitignore', 'app.env', 'postgres.env', 'redis.env'])
      one.remove()
    }
  console.log(`create-secrets: ${calls} calls of programs, ${cases} cases: 0 change a secret`)
}, 300_000)
