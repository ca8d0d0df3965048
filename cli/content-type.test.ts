import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { requireTool } from '../testing/tools.ts'
import { contentType } from './content-type.ts'
import { template } from './template.ts'

const helm = requireTool('helm')
const work = mkdtempSync(join(tmpdir(), 'chassis-content-'))
afterAll(() => rmSync(work, { recursive: true, force: true }))

const filled = (start: string): string => start.padEnd(600, ' ')

const starts = [
  ['\n\n <!DOCTYPE html>\n', 'text/html; charset=utf-8'],
  ['<!doctype HTML>', 'text/html; charset=utf-8'],
  ['<!DOCTYPE html\n>', 'text/plain; charset=utf-8'],
  ['<body class="a">', 'text/html; charset=utf-8'],
  ['<bodyguard>', 'text/plain; charset=utf-8'],
  ['<!-- a -->', 'text/html; charset=utf-8'],
  ['\t<?xml version="1.0"?>', 'text/xml; charset=utf-8'],
  ['<?XML version="1.0"?>', 'text/plain; charset=utf-8'],
  ['%PDF-1.4', 'application/pdf'],
  [' %PDF-1.4', 'text/plain; charset=utf-8'],
  ['%!PS-Adobe-3', 'application/postscript'],
  ['\xfe\xff\0a', 'text/plain; charset=utf-16be'],
  ['\xff\xfea\0', 'text/plain; charset=utf-16le'],
  ['\xef\xbb\xbfa\0', 'text/plain; charset=utf-8'],
  ['\0\0\x01\0', 'image/x-icon'],
  ['BM', 'image/bmp'],
  ['GIF89a', 'image/gif'],
  ['RIFFabcdWEBPVP8', 'image/webp'],
  ['RIFF\n\r\0\0WAVE', 'audio/wave'],
  ['RIFFabcdAVI ', 'video/avi'],
  ['RIFFabcdAVIX', 'text/plain; charset=utf-8'],
  ['FORMabcdAIFF', 'audio/aiff'],
  ['\x89PNG\r\n\x1a\n', 'image/png'],
  ['\xff\xd8\xff', 'image/jpeg'],
  ['ID3', 'audio/mpeg'],
  ['OggS\0', 'application/ogg'],
  ['MThd\0\0\0\x06', 'audio/midi'],
  ['\0\0\0\x14ftypisom\0\0\0\0mp41', 'video/mp4'],
  ['\0\0\0\x10ftypisommp41mp41', 'application/octet-stream'],
  ['\0\0\0\x15ftypmp41', 'application/octet-stream'],
  ['\x1a\x45\xdf\xa3', 'video/webm'],
  [`${'a'.repeat(34)}LP`, 'application/vnd.ms-fontobject'],
  ['\0\x01\0\0', 'font/ttf'],
  ['OTTO', 'font/otf'],
  ['ttcf', 'font/collection'],
  ['wOFF', 'font/woff'],
  ['wOF2', 'font/woff2'],
  ['PK\x03\x04', 'application/zip'],
  ['Rar!\x1a\x07\x01\0', 'application/x-rar-compressed'],
  ['\0asm', 'application/wasm'],
  ['a\x0bb', 'application/octet-stream'],
  ['a\x1bb', 'text/plain; charset=utf-8'],
  ['a\x1cb', 'application/octet-stream'],
] as const

test.each(starts)('%j', (start, type) => {
  expect(contentType(Buffer.from(filled(start), 'latin1'))).toBe(type)
})

test('a short file is filled up with zeros', () => {
  expect(contentType(Buffer.from('<html> not found'))).toBe('text/html; charset=utf-8')
  expect(contentType(Buffer.from('not found'))).toBe('application/octet-stream')
})

test('Helm says the same of what is no archive', { skip: helm === undefined }, async () => {
  const file = join(work, 'chart.tgz')
  const seldom = starts.filter((_, i) => i % 6 === 0).map(([start]) => filled(start))
  for (const text of [...seldom, '<html> not found', 'not found']) {
    writeFileSync(file, text, 'latin1')
    const theirs = spawnSync(helm as string, ['template', 'rel', file], { encoding: 'utf8' })
    expect((await template(['rel', file])).stderr).toBe(theirs.stderr)
  }
})
