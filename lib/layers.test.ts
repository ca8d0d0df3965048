import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { expect, test } from 'vitest'

/** Lowest first. A room may import only from rooms in an earlier row; rooms on one row do not know each other. */
const rows = [
  ['text', 'files', 'go', 'sealing'],
  ['yaml'],
  ['gotemplate', 'config'],
  ['helm', 'share'],
  ['chart'],
  ['plan'],
  ['checks'],
  ['targets'],
  ['render.ts'],
]

/** Rooms whose files are all public; every other room is entered by its `index.ts` or a door named here. */
const open = new Set(['text', 'files', 'go'])
const doors = new Set(['config/schema.ts', 'config/help/index.ts', 'config/chart-values.ts', 'config/file-schema.ts', 'config/versions.ts', 'config/arbitrary.ts', 'yaml/commented.ts', 'plan/release.ts', 'targets/target.ts'])

interface Import {
  readonly from: string
  readonly to: string
}

const importsOf = (file: string): readonly Import[] =>
  [...readFileSync(join(import.meta.dirname, file), 'utf8').matchAll(/(?:from|import)\s*\(?'(\.[^']+)'/g)].map(([, to]) => ({
    from: file,
    to: relative('.', join(dirname(file), to as string)),
  }))

const imports = (readdirSync(import.meta.dirname, { recursive: true }) as string[])
  .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts') && !file.includes('testing'))
  .flatMap(importsOf)

const roomOf = (file: string): string => file.split('/')[0] as string
const rankOf = (file: string): number => rows.findIndex((row) => row.includes(roomOf(file)))
/** Each target is a room of its own. */
const sameRoom = ({ from, to }: Import): boolean =>
  roomOf(from) === roomOf(to) &&
  (roomOf(from) !== 'targets' || from.split('/').length === 2 || to.split('/').length === 2 || from.split('/')[1] === to.split('/')[1])

const show = ({ from, to }: Import): string => `${from} → ${to}`

test('every room has its row', () => {
  expect(imports.flatMap(({ from, to }) => [from, to]).filter((file) => rankOf(file) < 0)).toEqual([])
})

test('imports point down', () => {
  expect(imports.filter((one) => !sameRoom(one) && rankOf(one.from) <= rankOf(one.to)).map(show)).toEqual([])
})

test('rooms are entered by their doors', () => {
  const throughWall = ({ from, to }: Import) =>
    !sameRoom({ from, to }) && !open.has(roomOf(to)) && to !== `${roomOf(to)}/index.ts` && !doors.has(to)
  expect(imports.filter(throughWall).map(show)).toEqual([])
})
