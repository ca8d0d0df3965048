export { decodeLink, encodeLink } from './link.ts'
export { readConfigFile, schemaPath, writeConfigFile } from './config-file.ts'
export type { Outcome } from './outcome.ts'
