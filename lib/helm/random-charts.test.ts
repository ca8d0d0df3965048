import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { loadChart, readValues, renderChart } from './index.ts'

/** Random parents, subcharts and values through the real Helm and through ours. */
const helm = fileURLToPath(new URL('../../.tools/bin/helm', import.meta.url))
const rounds = 40

/** Numbers at least 0 and less than 1, the same in every run (mulberry32). */
function randomFrom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
}

const keys = ['a', 'b', 'c', 'kid', 'global', 'sub', 'tags', 'enabled']
const template = 'v: {{ .Values | toJson }}\nc: {{ .Chart | toJson }}\ns: {{ keys .Subcharts | sortAlpha }}\n'

function randomChart(random: () => number): { files: Map<string, string>; values: string } {
  const pick = <T>(items: readonly T[]): T => items[Math.floor(random() * items.length)]!
  const table = (depth: number, size: number): unknown =>
    Object.fromEntries(Array.from({ length: Math.floor(random() * size) }, () => [pick(keys), value(depth)]))
  const value = (depth: number): unknown =>
    depth > 0 && random() < 0.5 ? table(depth - 1, 4) : pick([null, null, true, false, 1, 7, ['x', null]])
  const dependency = (name: string): Record<string, unknown> => ({
    name,
    version: '0.1.0',
    ...(random() < 0.4 && { condition: pick([`${name}.enabled`, 'enabled', 'a.b', 'kid.sub.enabled,enabled']) }),
    ...(random() < 0.3 && { tags: [pick(['a', 'b'])] }),
    ...(random() < 0.25 && { alias: pick(['ali', 'kid2']) }),
    ...(random() < 0.4 && { 'import-values': [pick([{ child: 'a', parent: 'b' }, { child: 'c', parent: '.' }, 'x'])] }),
  })
  const files = new Map<string, string>()
  const add = (folder: string, name: string, dependencies: readonly unknown[] | undefined): void => {
    files.set(`${folder}Chart.yaml`, JSON.stringify({ apiVersion: 'v2', name, version: '0.1.0', dependencies }))
    files.set(`${folder}values.yaml`, JSON.stringify(table(3, 5)))
    files.set(`${folder}templates/t.yaml`, template)
  }
  add('', 'lab', random() < 0.6 ? [dependency('kid')] : undefined)
  add('charts/kid/', 'kid', random() < 0.5 ? [dependency('sub')] : undefined)
  add('charts/kid/charts/sub/', 'sub', undefined)
  return { files, values: JSON.stringify(table(3, 5)) }
}

function theirs(folder: string, files: ReadonlyMap<string, string>, values: string): string {
  for (const [path, text] of files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), text)
  }
  writeFileSync(join(folder, 'user-values'), values)
  const { status, stdout, stderr } = spawnSync(helm, ['template', 'rel', folder, '-f', join(folder, 'user-values')], { encoding: 'utf8' })
  if (status === 0) return stdout
  return stderr.replace(/^level=.*\n/gm, '').replace(/^Error: /, '').replace(/\n\nUse --debug flag.*/s, '').trim()
}

function ours(files: ReadonlyMap<string, string>, values: string): string {
  try {
    const chart = loadChart([...files].map(([path, text]) => ({ path, text })))
    return renderChart(chart, readValues(values, 'failed to parse values'), { name: 'rel' }).manifest
  } catch (error) {
    return (error as Error).message.trim()
  }
}

describe.skipIf(!existsSync(helm))('random charts render as Helm renders them', () => {
  test.each(Array.from({ length: rounds }, (_, seed) => seed))('chart %i', seed => {
    const { files, values } = randomChart(randomFrom(seed))
    const folder = mkdtempSync(join(tmpdir(), 'chart-'))
    try {
      expect(ours(files, values), JSON.stringify([...files])).toBe(theirs(folder, files, values))
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  })
})
