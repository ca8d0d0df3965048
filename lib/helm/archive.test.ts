import { gzipSync } from 'fflate'
import { beforeAll, describe, expect, test } from 'vitest'
import { toBytes } from '../go/bytes.ts'
import { isGzip, loadUnpacker, readArchive } from './archive.ts'
import { loadArchive, loadChart, renderChart } from './index.ts'

/** A tar entry in the oldest form that is still read. */
function entry(name: string, text: string, type = '0'): Uint8Array {
  const content = toBytes(text)
  const bytes = new Uint8Array(512 + Math.ceil(content.length / 512) * 512)
  bytes.set(toBytes(name).subarray(0, 100))
  bytes.set(toBytes(`${content.length.toString(8).padStart(11, '0')}\0`), 124)
  bytes.set(toBytes(type), 156)
  bytes.set(content, 512)
  return bytes
}

const tgz = (...entries: readonly Uint8Array[]): Uint8Array => gzipSync(new Uint8Array(entries.flatMap(bytes => [...bytes]).concat(Array<number>(1024).fill(0))))

test('before the unpacker is loaded, an archive is refused with the way out', () =>
  expect(() => readArchive(tgz())).toThrow('await loadUnpacker()'))

const chartYaml = 'apiVersion: v2\nname: lab\nversion: 0.1.0\n'

describe('readArchive', () => {
  beforeAll(loadUnpacker)

  test('gives files without the outer folder, whatever the form of their names', () => {
    const long = `lab/templates/${'x'.repeat(120)}.yaml`
    const record = ` path=${long}\n`
    const pax = `${record.length + 3}${record}`
    const files = readArchive(
      tgz(
        entry('pax_global_header', '52 comment=0123456789012345678901234567890123456789\n', 'g'),
        entry('lab/', '', '5'),
        entry('lab/Chart.yaml', '\ufeff' + chartYaml),
        entry('././@PaxHeader', pax, 'x'),
        entry(long, 'a'),
        entry('././@LongLink', `${long}2\0`, 'L'),
        entry(long, 'b'),
        entry('lab\\templates\\c.yaml', '\udcff'),
      ),
    )
    expect(files.map(({ path }) => path)).toEqual(['Chart.yaml', long.slice(4), `${long.slice(4)}2`, 'templates/c.yaml'])
    expect(files[3]!.text).toBe('\udcff')
  })

  test.each([
    ['no gzip', toBytes('PK with more behind'), 'gzip: invalid header'],
    ['a file of few bytes', toBytes('PK'), 'unexpected EOF'],
    ['an empty file', toBytes(''), 'EOF'],
    ['a cut file', tgz(entry('lab/a', 'x'.repeat(2000))).subarray(0, 30), 'unexpected EOF'],
    ['nothing', tgz(), 'no files in chart archive'],
    ['a path that leaves', tgz(entry('lab/../../x', '')), 'chart illegally references parent directory'],
    ['an absolute path', tgz(entry('lab//etc/x', '')), 'chart illegally contains absolute paths'],
    ['a file outside', tgz(entry('x', '')), 'chart illegally contains content outside the base directory: "x"'],
    ['a drive', tgz(entry('lab/c:/x', '')), 'chart contains illegally named files'],
    ['no outer folder', tgz(entry('Chart.yaml/x', '')), 'chart yaml not in base directory'],
    ['a file that is too large', gzipSync(entry('lab/x', ' '.repeat(6 * 1024 * 1024))), 'larger than the maximum file size 5242880'],
    ['a bomb', gzipSync(new Uint8Array(101 * 1024 * 1024)), 'decompressed chart is larger than the maximum size 104857600'],
  ])('%s is refused', (_, bytes, message) => expect(() => readArchive(bytes)).toThrow(message))

  test('isGzip', () => expect([isGzip(tgz()), isGzip(toBytes('x'))]).toEqual([true, false]))
})

test('a packed chart, and one with a packed subchart', () => {
  const sub = tgz(entry('sub/Chart.yaml', 'apiVersion: v1\nname: sub\nversion: 0.1.0\n'), entry('sub/templates/a.yaml', 'a: {{ .Release.Name }}\n'))
  expect(renderChart(loadArchive(sub), [], { name: 'rel' }).manifest).toBe('---\n# Source: sub/templates/a.yaml\na: rel\n')
  const text = [...sub].map(byte => (byte < 0x80 ? String.fromCharCode(byte) : String.fromCharCode(0xdc00 | byte))).join('')
  const chart = loadChart([{ path: 'Chart.yaml', text: chartYaml }, { path: 'charts/sub-0.1.0.tgz', text }])
  expect(renderChart(chart, [], { name: 'rel' }).manifest).toBe('---\n# Source: lab/charts/sub/templates/a.yaml\na: rel\n')
})
