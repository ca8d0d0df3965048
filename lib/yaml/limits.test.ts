import { expect, test } from 'vitest'
import { readJson, readYaml, readYamlDocuments, readYamlList, writeYaml, YamlError, writeJson } from './index.ts'

test('aliases that multiply are refused', () => {
  const levels = Array.from({ length: 12 }, (_, i) => `a${i + 1}: &a${i + 1} [${Array(10).fill(`*a${i}`).join(', ')}]`)
  const text = `a0: &a0 [x]\n${levels.join('\n')}\n`
  expect(() => readYaml(text)).toThrow('document contains excessive aliasing')
})

test('a few aliases are fine', () => {
  expect(readYaml('a: &a {k: 1}\nb: *a\nc: {<<: *a, l: 2}')).toEqual(
    new Map<string, unknown>([
      ['a', new Map([['k', 1]])],
      ['b', new Map([['k', 1]])],
      ['c', new Map([['k', 1], ['l', 2]])],
    ]),
  )
})

test.each(['[', '{a: ', '- ', '? '])('nesting by %j without end is refused', opening => {
  expect(() => readYaml(opening.repeat(100_000))).toThrow(YamlError)
})

test('deep JSON is refused', () => {
  expect(() => readJson('['.repeat(100_000))).toThrow('exceeded max depth')
})

test('deep values are refused', () => {
  let value: [] | [unknown] = []
  for (let i = 0; i < 5000; i++) value = [value]
  expect(() => writeYaml(value as never)).toThrow(YamlError)
  expect(() => writeJson(value as never)).toThrow(YamlError)
})

test('errors say where', () => {
  const wrong = (() => {
    try {
      return readYaml('a: 1\nb: [1, 2\nc: 3\n')
    } catch (error) {
      return error
    }
  })() as YamlError
  expect(wrong).toBeInstanceOf(YamlError)
  expect(wrong.line).toBe(3)
})

test('documents', () => {
  expect(readYamlDocuments('a: 1\n---\n- x\n---\n')).toEqual([new Map([['a', 1]]), ['x'], null])
  expect(readYamlDocuments('')).toEqual([])
  expect(readYamlList('- 1\n')).toEqual([1])
})

test('keys that JavaScript objects stumble over', () => {
  expect(writeYaml(readYaml('__proto__: 1\nconstructor: 2\ntoString: 3\n'))).toBe('__proto__: 1\nconstructor: 2\ntoString: 3\n')
})
