import { GoError } from '../../go/value.ts'

const mostItems = 1_000_000
const longest = 32_000_000

/** Refuses lists that no chart needs and no page can hold. */
export function checkItems(count: number): void {
  if (count > mostItems) throw new GoError(`more than ${mostItems} items`)
}

/** Refuses texts that no chart needs and no page can hold. */
export function checkLength(length: number): void {
  if (length > longest) throw new GoError(`more than ${longest} bytes`)
}

/** `text` repeated, unless the result would be too large for a page. */
export function repeated(text: string, count: number): string {
  if (count < 0) throw new GoError('strings: negative Repeat count')
  checkLength(text.length * count)
  return text.repeat(count)
}
