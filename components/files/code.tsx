import { memo, useEffect, useMemo, useRef, useState, type RefObject } from 'react'
import type { Marks } from '../engine/diff.ts'
import { linesOf } from '../engine/lines.ts'
import { languageOf, literalLines, tokensOf, type Language } from './highlight.ts'

export interface CodeProps {
  readonly path: string
  readonly text: string
  readonly marks: Marks | undefined
  readonly wrap: boolean
  /** The line that the reader points at; 0 for none. */
  readonly current: number
  readonly pane: RefObject<HTMLDivElement | null>
  /** Asked about a line, from 1. */
  readonly onLine?: (line: number) => void
}

/** Lines are drawn in blocks, so that a keystroke redraws only the blocks that it changed. */
const blockSize = 24
/** Above this many marks, blocks are no longer coloured just for being marked. */
const manyMarks = 400

/** The text of a file with line numbers, colours, and marks at what the last edit changed. */
export function Code({ path, text, marks, wrap, current, pane, onLine }: CodeProps) {
  const language = languageOf(path)
  const lines = useMemo(() => linesOf(text), [text])
  const literal = useMemo(() => literalLines(language, lines), [language, lines])
  const marked = useMemo(() => new Set(marks?.lines), [marks])
  const gaps = useMemo(() => new Set(marks?.gaps), [marks])
  const few = marked.size + gaps.size < manyMarks

  const blocks = []
  for (let first = 0; first < lines.length; first += blockSize) {
    const part = lines.slice(first, first + blockSize)
    const numbers = part.map((_, at) => first + at + 1)
    const here = numbers.filter((number) => marked.has(number))
    const missing = numbers.filter((number) => gaps.has(number) || (number === 1 && gaps.has(0)))
    blocks.push(
      <Block
        key={first}
        language={language}
        text={part.join('\n')}
        first={first}
        literal={part.map((_, at) => (literal[first + at] ? '1' : '0')).join('')}
        marks={here.join(' ')}
        gaps={missing.join(' ')}
        current={numbers.includes(current) ? current : 0}
        near={first < 3 * blockSize || (few && here.length + missing.length > 0)}
        pane={pane}
      />,
    )
  }
  return (
    <div
      className={wrap ? 'code wrap' : 'code'}
      ref={pane}
      tabIndex={0}
      role="group"
      aria-label={path}
      onClick={(event) => {
        const number = (event.target as Element).closest('[data-n]')?.getAttribute('data-n')
        if (number && getSelection()?.isCollapsed !== false) onLine?.(Number(number))
      }}
    >
      <pre className={`code-lines digits-${String(lines.length).length}`} key={path}>
        <code>{blocks}</code>
      </pre>
    </div>
  )
}

interface BlockProps {
  readonly language: Language
  readonly text: string
  readonly first: number
  readonly literal: string
  readonly marks: string
  readonly gaps: string
  readonly current: number
  readonly near: boolean
  readonly pane: RefObject<HTMLElement | null>
}

/** Some lines. Far from what is seen they are one piece of plain text: found by searching, free to draw. */
const Block = memo(function Block({
  language,
  text,
  first,
  literal,
  marks,
  gaps,
  current,
  near,
  pane,
}: BlockProps) {
  const element = useRef<HTMLDivElement>(null)
  const [seen, setSeen] = useState(false)
  useEffect(() => {
    if (near || !element.current) return
    const observer = new IntersectionObserver(
      ([entry]) => setSeen(entry?.isIntersecting ?? false),
      {
        root: pane.current,
        rootMargin: '400px 0px',
      },
    )
    observer.observe(element.current)
    return () => observer.disconnect()
  }, [near, pane])

  if (!near && !seen && current === 0)
    return (
      <div className="block far" ref={element}>
        {`${text}\n`}
      </div>
    )
  const marked = new Set(marks.split(' '))
  const missing = new Set(gaps.split(' '))
  return (
    <div className="block" ref={element}>
      {text.split('\n').map((line, at) => {
        const number = String(first + at + 1)
        return (
          <Line
            key={number}
            language={language}
            text={line}
            number={number}
            literal={literal[at] === '1'}
            marked={marked.has(number)}
            gap={missing.has(number)}
            current={number === String(current)}
          />
        )
      })}
    </div>
  )
})

interface LineProps {
  readonly language: Language
  readonly text: string
  readonly number: string
  readonly literal: boolean
  readonly marked: boolean
  readonly gap: boolean
  readonly current: boolean
}

const Line = memo(function Line({
  language,
  text,
  number,
  literal,
  marked,
  gap,
  current,
}: LineProps) {
  const tokens = tokensOf(language, text, literal).map(([kind, piece], at) =>
    kind === '' ? (
      piece
    ) : (
      <span key={at} className={`t-${kind}`}>
        {piece}
      </span>
    ),
  )
  const className = `line${marked ? ' marked' : ''}${gap ? ' gap' : ''}${current ? ' current' : ''}`
  return marked ? (
    <mark className={className} data-n={number}>
      {tokens}
      {'\n'}
    </mark>
  ) : (
    <div className={className} data-n={number}>
      {tokens}
      {'\n'}
    </div>
  )
})
