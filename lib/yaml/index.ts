export { YamlError } from './error.ts'
export { compareBytes, writeJson, type JsonOptions } from './json-write.ts'
export { writeYaml, writeYamlPretty } from './write.ts'
