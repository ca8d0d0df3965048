import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { shellcheck } from '../../../testing/scripts.ts'
import { requireTool } from '../../../testing/tools.ts'
import { backupPostgres } from './backup-postgres.ts'
import { backupSqlite } from '../backup-sqlite.ts'

let place = ''
beforeEach(() => {
  place = mkdtempSync(join(tmpdir(), 'chassis-backup-'))
  for (const name of ['backups', 'source', 'bin']) mkdirSync(join(place, name))
})
afterEach(() => rmSync(place, { recursive: true, force: true }))

const dumps = (): readonly string[] => readdirSync(join(place, 'backups')).toSorted()
/** Makes a dump as old as its name says. */
const age = (name: string, days: number): void => {
  const then = new Date(Date.now() - days * 86_400_000)
  utimesSync(join(place, 'backups', name), then, then)
}

const program = requireTool('shellcheck')
test.skipIf(program === undefined)('ShellCheck accepts ops/backup.sh', () => {
  expect(shellcheck(program as string, backupPostgres)).toBe('')
})

const python = requireTool('python3')
describe.skipIf(python === undefined)('ops/backup.py', () => {
  const database = (): string => join(place, 'source/app.db')
  const env = () => ({ ...process.env, BACKUP_FOLDER: join(place, 'backups'), BACKUP_DATABASE: database(), BACKUP_DAYS: '7' })
  const run = (words: readonly string[], input: string | Buffer = '') =>
    spawnSync(python as string, ['-c', backupSqlite, ...words], { env: env(), input })
  const sql = (statement: string): string =>
    execFileSync(python as string, ['-c', 'import sqlite3,sys\nc=sqlite3.connect(sys.argv[1])\nprint(c.execute(sys.argv[2]).fetchall())\nc.commit()', database(), statement], { encoding: 'utf8' }).trim()

  beforeEach(() => {
    sql('PRAGMA journal_mode=WAL')
    sql('CREATE TABLE words (word TEXT)')
    sql("INSERT INTO words VALUES ('first')")
  })

  test('copies, lists, and puts back what it copied', () => {
    expect(run(['once']).status).toBe(0)
    sql("INSERT INTO words VALUES ('second')")
    const name = run(['list']).stdout.toString().trim()
    expect(name).toMatch(/^\d{8}T\d{6}Z\.db$/)
    expect(dumps()).toEqual([name])
    const { status, stderr } = run(['restore', name])
    expect(stderr.toString()).toMatch(new RegExp(`restored ${name}`))
    expect(status).toBe(0)
    expect(sql('SELECT * FROM words')).toBe("[('first',)]")
  })

  test('takes in what it gave out, and refuses what is not whole', () => {
    run(['once'])
    const sent = run(['send', dumps()[0] as string]).stdout
    expect(run(['receive'], sent).stdout.toString()).toMatch(/^\d{8}T\d{6}Z-received\.db\n$/)
    for (const bad of [sent.subarray(0, sent.length / 2), Buffer.from('hello'), Buffer.alloc(0)]) {
      const before = dumps()
      expect(run(['receive'], bad).status).toBe(1)
      expect(dumps()).toEqual(before)
    }
    writeFileSync(join(place, 'backups/20200101T000000Z.db'), sent.subarray(0, sent.length / 2))
    expect(run(['restore', '20200101T000000Z.db']).status).toBe(1)
    expect(sql('SELECT * FROM words')).toBe("[('first',)]")
  })

  test('deletes what is old, only after a good copy, and never the newest', () => {
    for (const [name, days] of [['20200101T000000Z.db', 30], ['20200102T000000Z.db', 8], ['20200103T000000Z.db', 2]] as const) {
      writeFileSync(join(place, 'backups', name), 'x')
      age(name, days)
    }
    rmSync(database())
    expect(run(['once']).status).toBe(1)
    expect(dumps()).toHaveLength(3)
    sql('CREATE TABLE words (word TEXT)')
    expect(run(['once']).status).toBe(0)
    expect(dumps()).toEqual(['20200103T000000Z.db', expect.stringMatching(/^2\d{7}T/)])
    age(dumps()[1] as string, 99)
    age(dumps()[0] as string, 99)
    expect(run(['health']).status).toBe(1)
    expect(run(['once']).status).toBe(0)
    expect(run(['health']).status).toBe(0)
    expect(dumps()).toHaveLength(1)
  })

  test('a damaged database is kept aside, and does not stand in the way', () => {
    run(['once'])
    const [name] = dumps()
    writeFileSync(database(), 'damaged')
    expect(run(['restore', name as string]).status).toBe(0)
    expect(sql('SELECT * FROM words')).toBe("[('first',)]")
    expect(readdirSync(join(place, 'source')).some((one) => one.includes('.damaged-'))).toBe(true)
  })

  test.each(['../source/app.db', '-x', '.part', '', 'a b'])('%j is no name', (name) => {
    expect(run(['check', name]).status).toBe(1)
  })
})

const postgres = requireTool('postgres')
describe.skipIf(postgres === undefined)('ops/backup.sh beside a real Postgres', () => {
  const tool = (name: string): string => join(postgres as string, '..', name)
  /** Postgres refuses to run as root. */
  const asServer = process.getuid?.() === 0 ? ['setpriv', '--reuid=65534', '--regid=65534', '--clear-groups', '--'] : []
  const call = (words: readonly string[], options: Parameters<typeof spawnSync>[2] = {}) => {
    const [command, ...args] = [...asServer, ...words]
    return spawnSync(command as string, args, { ...options, encoding: undefined })
  }
  const env = () => ({
    NODE_ENV: 'test' as const,
    PATH: `${join(postgres as string, '..')}:${process.env.PATH}`,
    PGHOST: join(place, 'socket'),
    PGUSER: 'app-user.1',
    PGDATABASE: 'app-db',
    BACKUP_FOLDER: join(place, 'backups'),
    BACKUP_DAYS: '7',
  })
  const run = (words: readonly string[], input: string | Buffer = '') => {
    const { status, stdout, stderr } = call(['sh', join(place, 'backup.sh'), ...words], { env: env(), input, cwd: place })
    return { status, stdout: stdout as unknown as Buffer, stderr: String(stderr) }
  }
  const sql = (statement: string, database = 'app-db'): string =>
    String(call(['psql', '-qAt', '-d', database, '-c', statement], { env: env() }).stdout).trim()

  beforeEach(() => {
    mkdirSync(join(place, 'socket'))
    writeFileSync(join(place, 'backup.sh'), backupPostgres)
    execFileSync('chmod', ['-R', 'a+rwX', place])
    const data = join(place, 'data')
    call([tool('initdb'), '--auth=trust', '--no-sync', '-U', 'app-user.1', '-D', data])
    const started = call([tool('pg_ctl'), '-w', '-D', data, '-l', join(place, 'log'), '-o', `-k ${join(place, 'socket')} -c listen_addresses= -c fsync=off`, 'start'], { stdio: 'ignore' })
    if (started.status !== 0) throw new Error('Postgres did not start')
    sql('CREATE DATABASE "app-db"', 'postgres')
    sql("CREATE TABLE words (word TEXT); INSERT INTO words VALUES ('first')")
  }, 60_000)
  afterEach(() => {
    call([tool('pg_ctl'), '-m', 'immediate', '-D', join(place, 'data'), 'stop'], { stdio: 'ignore' })
  })

  test('dumps, keeps, puts back, and leaves the database as it was beside', () => {
    expect(run(['once']).stderr).toMatch(/wrote \d{8}T\d{6}Z\.dump/)
    const [name = ''] = dumps()
    sql("INSERT INTO words VALUES ('second'); CREATE TABLE later (x int)")
    const { status, stderr } = run(['restore', name])
    expect(stderr).toMatch(/the database as it was is called restore_old/)
    expect(status).toBe(0)
    expect(sql('SELECT word FROM words')).toBe('first')
    expect(sql("SELECT to_regclass('later') IS NULL")).toBe('t')
    expect(sql('SELECT count(*) FROM words', 'restore_old')).toBe('2')
    expect(run(['restore', name]).status).toBe(0)

    const sent = run(['send', name]).stdout
    expect(run(['receive'], sent).stdout.toString()).toMatch(/-received\.dump\n$/)
    const before = dumps()
    for (const bad of [sent.subarray(0, sent.length - 200), Buffer.from('hello'), Buffer.alloc(0)]) expect(run(['receive'], bad).status).toBe(1)
    expect(dumps()).toEqual(before)
    writeFileSync(join(place, 'backups/20200101T000000Z.dump'), sent.subarray(0, sent.length - 200))
    expect(run(['restore', '20200101T000000Z.dump']).status).not.toBe(0)
    expect(sql('SELECT word FROM words')).toBe('first')
  }, 60_000)

  test('deletes what is old, only after a good dump, and never the newest', () => {
    for (const [name, days] of [['20200101T000000Z.dump', 30], ['20200103T000000Z.dump', 2]] as const) {
      writeFileSync(join(place, 'backups', name), 'x')
      age(name, days)
    }
    sql('ALTER DATABASE "app-db" RENAME TO gone', 'postgres')
    expect(run(['once']).status).not.toBe(0)
    expect(dumps()).toHaveLength(2)
    sql('ALTER DATABASE gone RENAME TO "app-db"', 'postgres')
    expect(run(['once']).status).toBe(0)
    expect(dumps()).toEqual(['20200103T000000Z.dump', expect.stringMatching(/^2\d{7}T/)])
    expect(run(['health']).status).toBe(0)
    for (const name of dumps()) age(name, 99)
    expect(run(['health']).status).toBe(1)
    expect(existsSync(join(place, 'backups', dumps()[0] as string))).toBe(true)
  }, 60_000)
})
