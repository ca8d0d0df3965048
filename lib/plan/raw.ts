import { fromValue } from '../go/plain.ts'
import { readYaml } from '../yaml/index.ts'

/**
 * What a YAML setting holds, as plain data; `problem` says why it cannot be read, with the
 * line. Empty text is nothing.
 */
export function rawOf(text: string, shape: 'list' | 'map'): { readonly value?: unknown; readonly problem?: string } {
  if (text.trim() === '') return {}
  try {
    const value = fromValue(readYaml(text))
    if (value === null) return {}
    if (Array.isArray(value) !== (shape === 'list') || typeof value !== 'object')
      return { problem: shape === 'list' ? 'must be a YAML list: lines that begin with "- "' : 'must be a YAML map: lines of "key: value"' }
    return { value }
  } catch (error) {
    return { problem: error instanceof Error ? error.message : String(error) }
  }
}

/** The items of a YAML list setting; none where it cannot be read. */
export const rawList = (text: string): readonly unknown[] => (rawOf(text, 'list').value as readonly unknown[] | undefined) ?? []
