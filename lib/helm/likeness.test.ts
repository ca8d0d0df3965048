import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readHead } from './head.ts'
import { likenessOf } from './likeness.ts'

/** What Helm learns of a document, or that it is refused; where a line is named, it stays. */
function headOf(text: string): unknown {
  try {
    return readHead(text)
  } catch (error) {
    return (error as Error).message
  }
}

const line = fc.constantFrom(
  'kind: Pod', 'metadata:', 'spec:', 'data:', '  name: web', '  annotations:', '    helm.sh/hook: test', '  a: word', '  a: two words', '    a: word', '  a: 12',
  '  - name: web', '    - a: b', '  a: |', '    text: here', '      more: there', '  a: "open', '  a: closed"', "  a: 'open", '  a: >-', '  b: {', '  c: d', '  }', '  a: [', '  ]',
  '  ? a', '  : b', '  a: &x', '  b: *x', '', '# note', '  # a: b', '  a: 1e999', '  a: 0b12', '  a: 5af0', '  a: null', '  yes: no', '<<: x', '  <<: word', 'a: word', '---', '...',
)

test('a document and its likeness have one head, or are refused alike', () => {
  fc.assert(
    fc.property(fc.array(line, { maxLength: 10 }), (lines) => {
      const text = lines.join('\n')
      expect(headOf(likenessOf(text))).toEqual(headOf(text))
    }),
    { numRuns: 3000 },
  )
})

test('words of the body do not matter, others do', () => {
  const manifest = (name: string, word: string) => `kind: ConfigMap\nmetadata:\n  name: ${name}\ndata:\n  NAME: ${word}\n  list:\n    - name: ${word}\n      checksum: 12ab`
  expect(likenessOf(manifest('one', 'Orders 1'))).toBe(likenessOf(manifest('one', 'Orders 2')))
  expect(likenessOf(manifest('one', 'x'))).not.toBe(likenessOf(manifest('two', 'x')))
  expect(likenessOf(manifest('one', 'a: b'))).not.toBe(likenessOf(manifest('one', 'x')))
})
