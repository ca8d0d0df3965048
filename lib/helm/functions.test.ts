import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { helmFunctions } from './functions.ts'
import { loadChart, loadFunctions, renderChart } from './index.ts'

/** What Helm 4.1.4's templates can call, as its engine lists it. */
const names = JSON.parse(readFileSync(new URL('./testdata/functions.json', import.meta.url), 'utf8')) as string[]
const environment = { include: () => '', tpl: () => '', lint: false, now: () => 0, random: () => 0, spend: () => {} }

function rendered(text: string): string {
  const chart = loadChart([{ path: 'Chart.yaml', text: 'apiVersion: v2\nname: c\nversion: 1.0.0\n' }, { path: 'templates/NOTES.txt', text }])
  return renderChart(chart, new Map(), { name: 'r' }).notes
}

test('all 239 functions are there, and none of those that Helm takes away', () => {
  const functions = helmFunctions(environment)
  expect(names).toHaveLength(239)
  expect(names.filter((name) => functions.get(name) === undefined)).toEqual([])
  expect(['env', 'expandenv', 'constructor'].filter((name) => functions.get(name) !== undefined)).toEqual([])
})

describe('functions that are fetched', () => {
  test('fail with a sentence until they are there, regular expressions work at once', async () => {
    expect(() => rendered('{{ toToml (dict "a" 1) }}')).toThrow('toToml is not loaded; await loadFunctions(chart)')
    expect(rendered('{{ regexFind "[a-z]+" "1ab" }}')).toBe('ab')
    const chart = loadChart([
      { path: 'Chart.yaml', text: 'apiVersion: v2\nname: c\nversion: 1.0.0\n' },
      { path: 'values.yaml', text: 'text: \'{{ "a" | genPrivateKey }}\'' },
      { path: 'templates/NOTES.txt', text: '{{ toToml (dict "a" 1) }}{{ regexFind "[a-z]+" "1ab" }}' },
    ])
    await loadFunctions(chart)
    expect(renderChart(chart, new Map(), { name: 'r' }).notes).toBe('a = 1\nab')
    expect(rendered('{{ genPrivateKey "x" }}')).toBe('Unknown type x')
  })

  test('a pattern that would hold up a backtracking engine does not', async () => {
    await loadFunctions()
    expect(rendered('{{ regexMatch "^(a+)+$" (printf "%sb" (repeat 5000 "a")) }}')).toBe('false')
  })

  test('certificates are drawn, and their arguments checked', async () => {
    await loadFunctions()
    const signed = '{{ $ca := genCA "ca" 1 }}{{ $c := genSignedCert "x" (list "10.0.0.1" "::1") (list "x.y") 1 $ca }}'
    expect(rendered(`${signed}{{ (buildCustomCert ($c.Cert | b64enc) ($c.Key | b64enc)).Cert | trunc 27 }}`)).toBe('-----BEGIN CERTIFICATE-----')
    expect(() => rendered('{{ genSelfSignedCert "x" (list "10.0.0") nil 1 }}')).toThrow('error parsing ip: 10.0.0')
    expect(() => rendered('{{ genCAWithKey "x" 1 "k" }}')).toThrow('parsing private key: no PEM data in input')
    expect(rendered('{{ encryptAES "k" "text" | decryptAES "k" }}')).toBe('text')
  })
})
