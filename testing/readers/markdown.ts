import { readShell } from './shell.ts'
import type { Tree } from './tree.ts'

/**
 * Markdown as its blocks: headings, lines of lists and tables, paragraphs, each as texts, code spans
 * and what would be markup; fenced blocks of shell as tokens. Source: CommonMark 0.31, GitHub's tables.
 */
export function readMarkdown(text: string): Tree {
  const blocks: Tree[] = []
  const lines = text.split('\n')
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at] as string
    const [, fence, language] = /^(`{3,})(.*)$/.exec(line) ?? []
    if (fence === undefined) {
      const [, mark, rest] = /^(#{1,6} |- \[[ x]\] |- |\| ?|\d+\. |)(.*)$/s.exec(
        line,
      ) as RegExpExecArray
      blocks.push([mark as string, ...inline(rest as string)])
      continue
    }
    const end = lines.findIndex(
      (one, index) => index > at && /^`{3,}$/.test(one) && one.length >= fence.length,
    )
    if (end < 0) throw new Error('a block that does not end')
    const body = `${lines.slice(at + 1, end).join('\n')}\n`
    blocks.push(['```', language as string, language === 'sh' ? readShell(body) : body])
    at = end
  }
  return blocks
}

/** Texts as they are shown, code as `['code', text]`, and signs that are markup as `['markup', sign]`. */
function inline(text: string): Tree[] {
  const found: Tree[] = []
  let shown = ''
  const flush = (): void => {
    if (shown !== '') found.push(shown)
    shown = ''
  }
  for (let at = 0; at < text.length;) {
    const rest = text.slice(at)
    const run = /^`+/.exec(rest)?.[0]
    const close =
      run === undefined
        ? -1
        : (new RegExp(`(?<!\`)${run}(?!\`)`).exec(rest.slice(run.length))?.index ?? -1)
    const escaped = /^\\([!-/:-@[-`{-~])/.exec(rest)
    const entity = /^&(amp|lt|gt|quot);/.exec(rest)
    if (run !== undefined && close >= 0) {
      const code = rest.slice(run.length, run.length + close)
      flush()
      found.push([
        'code',
        /^ .*\S.* $/s.test(code) || /^ [^ ] $/.test(code) ? code.slice(1, -1) : code,
      ])
      at += run.length * 2 + close
    } else if (escaped) {
      shown += escaped[1]
      at += 2
    } else if (entity) {
      shown += { amp: '&', lt: '<', gt: '>', quot: '"' }[entity[1] as string]
      at += entity[0].length
    } else if (/^[*_<>[\]|`~]/.test(rest) && !/^_(?<=\w_)(?=\w)/.test(rest)) {
      flush()
      found.push(['markup', rest[0] as string])
      at++
    } else {
      shown += rest[0]
      at++
    }
  }
  flush()
  return found
}
