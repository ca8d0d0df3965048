import { defaults, type Config } from './fields.ts'

/** The version of the defaults that new links and files are written against. */
export const defaultsVersion = 1

/**
 * Defaults by version. A link or file holds only what differs from them, so a released
 * version is never edited: a new one is added, and the old one stays as it was.
 */
const versions: ReadonlyMap<number, Config> = new Map([[1, defaults]])

/** The defaults of a version; undefined for one that this release does not know. */
export const defaultsOf = (version: number): Config | undefined => versions.get(version)
