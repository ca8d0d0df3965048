import { expect, test } from 'vitest'
import { find } from './find.ts'

const first = (question: string) => find(question)[0]?.path

test('finds by label, key and variable', () => {
  expect(first('pool size')).toBe('database.poolSize')
  expect(first('APP_LOG_LEVEL')).toBe('app.logLevel')
  expect(first('ingress.className')).toBe('ingress.className')
})

test('finds nothing for nothing and for nonsense', () => {
  expect(find('  ')).toEqual([])
  expect(find('zzzz .* [')).toEqual([])
})
