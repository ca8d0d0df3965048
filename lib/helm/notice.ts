import { quote } from '../go/quote.ts'

/** Something that Helm says beside its result, on standard error; what is at level DEBUG only with `--debug`. */
export interface Notice {
  readonly level: 'DEBUG' | 'INFO' | 'WARN' | 'ERROR'
  readonly message: string
  /** What it is about, in order. */
  readonly about?: readonly (readonly [name: string, value: string])[]
}

/** Is told what Helm would say. */
export type Notify = (notice: Notice) => void

/** Tells nobody. */
export const unheard: Notify = () => {}

const plain = /^[^\s"=\u0000-\u001f\u007f\ufffd]+$/u

const attribute = (name: string, value: string): string => `${name}=${plain.test(value) ? value : quote(value)}`

/** A notice as Helm's log prints it. Source: Go's `slog.TextHandler` without the time. */
export const noticeText = ({ level, message, about = [] }: Notice): string =>
  [['level', level] as const, ['msg', message] as const, ...about].map(([name, value]) => attribute(name, value)).join(' ')
