/** Lines one tab deeper; empty ones stay empty. */
export const indent = (text: string, by = '\t'): string => text.replace(/^(?=.)/gm, by)

/** A text as a piece of a regular expression that matches exactly it. */
export const literal = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
