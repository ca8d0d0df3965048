import { readPattern } from './patterns.ts'
import type { Tree } from './tree.ts'

/** nginx's directives as lists of words, blocks as lists within. Source: ngx_conf_read_token. */
export function readNginx(text: string): Tree {
  const tokens = [
    ...text.matchAll(
      /\s+|#[^\n]*|([{};])|"((?:\\.|[^"\\])*)"|'((?:\\.|[^'\\])*)'|((?:\\.|\$\{|[^\s{};"'\\])(?:\\.|\$\{|[^\s{};])*)/gs,
    ),
  ]
  if (tokens.map(([all]) => all).join('') !== text)
    throw new Error('nginx: something between the words')
  const root: Tree[] = []
  const open: Tree[][] = [root]
  let words: string[] = []
  for (const [, sign, double, single, bare] of tokens) {
    const word = double ?? single ?? bare
    const block = open.at(-1) as Tree[]
    const isPattern = words.at(-1) === '~' || (words.length === 1 && words[0] === 'rewrite')
    if (word !== undefined) words.push(isPattern ? readPattern(word) : word)
    else if (sign === ';') {
      block.push(words)
      words = []
    } else if (sign === '{') {
      const inner: Tree[] = []
      block.push([...words, inner])
      open.push(inner)
      words = []
    } else if (sign === '}') {
      if (open.length === 1 || words.length > 0)
        throw new Error('nginx: a block that ends too early')
      open.pop()
    }
  }
  if (open.length > 1 || words.length > 0) throw new Error('nginx: a block that does not end')
  return root
}

/** A Caddyfile as lines of words, blocks as lists within. Source: Caddy's lexer. */
export function readCaddyfile(text: string): Tree {
  const root: Tree[] = []
  const open: Tree[][] = [root]
  for (const line of text.split('\n')) {
    const words = [...line.matchAll(/"((?:\\"|[^"])*)"|`([^`]*)`|(#.*)|([^\s"`#]\S*)/g)].flatMap(
      ([, double, raw, comment, bare]) =>
        comment === undefined ? [double?.replaceAll('\\"', '"') ?? raw ?? (bare as string)] : [],
    )
    if (words.length === 0) continue
    const block = open.at(-1) as Tree[]
    if (words.at(-1) === '{') {
      const inner: Tree[] = []
      block.push([...words.slice(0, -1), inner])
      open.push(inner)
    } else if (words[0] === '}') {
      if (open.length === 1 || words.length > 1)
        throw new Error('Caddyfile: a block that ends too early')
      open.pop()
    } else block.push(words)
  }
  if (open.length > 1) throw new Error('Caddyfile: a block that does not end')
  return root
}
