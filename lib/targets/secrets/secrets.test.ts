import { parse, parseAllDocuments } from 'yaml'
import { describe, expect, test } from 'vitest'
import { Secret } from 'kubernetes-models/v1'
import { hostile, hostileTexts, variation, variations } from '../../../testing/variations.ts'
import { defaults, type Config, type Patch } from '../../config/index.ts'
import { clusterSecretsOf, secretsModeOf } from '../../plan/index.ts'
import { clusterSecrets, sealedSecretYaml } from './index.ts'

interface External {
  readonly metadata: { readonly name: string; readonly namespace: string; readonly annotations?: Record<string, string> }
  readonly spec: { readonly target: { readonly name: string }; readonly data: readonly { readonly secretKey: string; readonly remoteRef: { readonly key: string; readonly property?: string } }[] }
}
interface Sealed {
  readonly metadata: External['metadata']
  readonly spec: { readonly encryptedData: Record<string, unknown>; readonly template: { readonly metadata: External['metadata'] } }
}

const of = (...patches: readonly Patch[]): Config => Object.assign({ ...defaults }, ...patches) as Config
const textOf = (config: Config, path: string): string => clusterSecrets.render(config).find((file) => file.path === path)?.text ?? ''
const all = <T>(text: string): readonly T[] => parseAllDocuments(text).map((document) => document.toJS() as T)
const needed = (config: Config) => clusterSecretsOf(config).map(({ name, keys }) => [name, keys.map(({ key }) => key)])

const two: Patch = { 'cache.enabled': true, 'redis.existingSecret': 'redis' }
const eso: Patch = { 'secrets.mode': 'eso', 'secrets.store': 'vault' }

test('nothing by default, and nothing where no Secret is needed', () => {
  expect(clusterSecrets.render(defaults)).toEqual([])
  expect(clusterSecrets.render(of(eso, { 'database.backend': 'sqlite' }))).toEqual([])
  expect(clusterSecrets.render(of(eso, { 'target.platforms': ['compose'] }))).toEqual([])
})

describe('External Secrets', () => {
  const dataOf = (...patches: readonly Patch[]) => all<External>(textOf(of(eso, ...patches), 'deploy/secrets/external-secrets.yaml')).flatMap(({ spec }) => spec.data.map(({ remoteRef }) => [remoteRef.key, remoteRef.property]))

  test.each(variations.filter(([, config]) => secretsModeOf(config) === 'eso'))('%s: every key of every Secret', (_, config) => {
    const made = all<External>(textOf(config, 'deploy/secrets/external-secrets.yaml'))
    expect(made.map(({ spec }) => [spec.target.name, spec.data.map(({ secretKey }) => secretKey)])).toEqual(needed(config))
  })

  test('one entry with properties, entries below a path, and single places elsewhere', () => {
    expect(dataOf()).toEqual([['chassis', 'APP_DATABASE_POSTGRES_PASSWORD']])
    expect(dataOf({ 'secrets.remotePath': 'kv/orders', 'secrets.remoteLayout': 'entries' })).toEqual([['kv/orders/APP_DATABASE_POSTGRES_PASSWORD', undefined]])
    expect(dataOf({ 'secrets.remoteKeys': { APP_DATABASE_POSTGRES_PASSWORD: 'rds/orders#password' } })).toEqual([['rds/orders', 'password']])
    expect(dataOf({ 'secrets.remoteKeys': { APP_DATABASE_POSTGRES_PASSWORD: 'rds-password' } })).toEqual([['rds-password', undefined]])
  })
})

describe('Sealed Secrets', () => {
  const config = of(two, { 'secrets.mode': 'sealed' })

  test('the template holds no text where a sealed one belongs', () => {
    const made = all<Sealed>(textOf(config, 'deploy/secrets/sealed-secrets.template.yaml'))
    expect(made.map(({ metadata, spec }) => [metadata.name, Object.keys(spec.encryptedData)])).toEqual(needed(config))
    expect(made.flatMap(({ spec }) => Object.values(spec.encryptedData))).toEqual([[], []])
  })

  test.each([
    ['strict', undefined],
    ['namespace-wide', { 'sealedsecrets.bitnami.com/namespace-wide': 'true' }],
    ['cluster-wide', { 'sealedsecrets.bitnami.com/cluster-wide': 'true' }],
  ] as const)('%s values are marked as such', (scope, annotations) => {
    const sealed = { 'chassis-secrets': { APP_DATABASE_POSTGRES_PASSWORD: 'AgB0x+/=', OTHER: 'x' }, redis: { APP_REDIS_PASSWORD: 'AgB1' }, constructor: {} }
    const made = all<Sealed>(sealedSecretYaml(config, scope, sealed))
    expect(made.map(({ spec }) => spec.encryptedData)).toEqual([{ APP_DATABASE_POSTGRES_PASSWORD: 'AgB0x+/=' }, { APP_REDIS_PASSWORD: 'AgB1' }])
    for (const { metadata, spec } of made) {
      expect(metadata.annotations).toEqual(annotations)
      expect(spec.template.metadata).toEqual(metadata)
    }
  })

  test('a value that is missing is seen at once', () => {
    expect(sealedSecretYaml(config, 'strict', { redis: {} })).toContain('APP_REDIS_PASSWORD: []')
  })
})

describe('SOPS', () => {
  const config = variation('Helm with SOPS')

  test('a template for each Secret, which the cluster refuses as it is', () => {
    const paths = ['deploy/secrets/secret.template.yaml', 'deploy/secrets/secret-2.template.yaml']
    const made = paths.map((path) => parse(textOf(config, path)) as { metadata: { name: string }; stringData: Record<string, unknown> })
    expect(made.map(({ metadata, stringData }) => [metadata.name, Object.keys(stringData)])).toEqual(needed(config))
    for (const one of made) expect(() => new Secret(one as never).validate()).toThrow('stringData')
  })

  test('its rules fit the file that the commands write, and encrypt values only', () => {
    const { creation_rules: [rule] } = parse(textOf(config, '.sops.yaml')) as { creation_rules: { path_regex: string; encrypted_regex: string }[] }
    expect(new RegExp(rule?.path_regex ?? '').test('deploy/secrets/secret-2.sops.yaml')).toBe(true)
    expect(new RegExp(rule?.path_regex ?? '').test('deploy/secrets/secret.template.yaml')).toBe(false)
    expect(rule?.encrypted_regex).toBe('^(data|stringData)$')
  })
})

test.each(hostileTexts)('%j gets out of no value', (text) => {
  for (const mode of ['eso', 'sealed', 'sops'] as const) {
    const config: Config = { ...hostile(text, ['kubernetes']), 'secrets.mode': mode, 'secrets.remoteKeys': { APP_DATABASE_POSTGRES_PASSWORD: text } }
    const shape = (one: Config) => clusterSecrets.render(one).map(({ path, text }) => [path, path.endsWith('.yaml') ? all<object>(text).map((document) => Object.keys(document)) : text])
    expect(shape(config)).toEqual(shape({ ...hostile('x', ['kubernetes']), 'secrets.mode': mode }))
    expect(clusterSecrets.render(config).some(({ path }) => path.includes('..'))).toBe(false)
  }
})
