import { expect, test } from 'vitest'
import { treeOf } from './tree.ts'

const paths = ['README.md', 'chart/Chart.yaml', 'chart/templates/a.yaml', 'ops/x.sh']
const shown = (closed: readonly string[]) =>
  treeOf(paths, new Set(closed)).map(({ depth, name }) => '  '.repeat(depth) + name)

test('folders come before files, and hold theirs', () => {
  expect(shown([])).toEqual([
    'chart/',
    '  templates/',
    '    a.yaml',
    '  Chart.yaml',
    'ops/',
    '  x.sh',
    'README.md',
  ])
})

test('a closed folder keeps to itself', () => {
  expect(shown(['chart/'])).toEqual(['chart/', 'ops/', '  x.sh', 'README.md'])
})
