import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseAllDocuments } from 'yaml'
import { defaults, presetConfig, presets, type Config } from '../../config/index.ts'
import { environmentOf, runsOn, secretReference } from '../../plan/index.ts'
import { render } from '../../render.ts'
import { anyKubernetesConfig } from '../../../testing/repaired.ts'

interface EnvEntry {
  readonly name: string
  readonly value?: string
  readonly valueFrom?: { readonly secretKeyRef?: { readonly name: string; readonly key: string }; readonly fieldRef?: unknown }
}
interface Manifest {
  readonly kind: string
  readonly metadata: { readonly name: string; readonly annotations?: Record<string, string> }
  readonly data?: Record<string, string>
  readonly spec?: { readonly template?: { readonly spec: { readonly containers: readonly { readonly name: string; readonly env?: readonly EnvEntry[] }[] } } }
}

const manifestsOf = (text: string): readonly Manifest[] =>
  parseAllDocuments(text, { version: '1.1' }).map((document) => document.toJS() as Manifest).filter(Boolean)

/** What the application's container gets: the ConfigMap's variables, its own, and those that come from Secrets. */
function environmentIn(manifests: readonly Manifest[], name: string) {
  const config = manifests.find(({ kind, metadata }) => kind === 'ConfigMap' && metadata.name === name)
  const workload = manifests.find(({ kind, metadata }) => ['Deployment', 'StatefulSet'].includes(kind) && metadata.name === name)
  const env = workload?.spec?.template?.spec.containers[0]?.env ?? []
  const plain = new Map(Object.entries(config?.data ?? {}))
  for (const { name: variable, value } of env) if (value !== undefined) plain.set(variable, value)
  const secret = new Map(env.flatMap(({ name: variable, valueFrom }) => (valueFrom?.secretKeyRef ? [[variable, valueFrom.secretKeyRef] as const] : [])))
  return { plain, secret }
}

/** The chart's templates and the plan decide the same environment, variable by variable. */
function agree(config: Config): void {
  const { files, refusal } = render(config)
  if (refusal !== undefined) return
  const all = files.find(({ path }) => path === 'manifests/all.yaml')?.text ?? ''
  const { plain, secret } = environmentIn(manifestsOf(all), config.fullnameOverride || config['release.name'])
  const planned = environmentOf(config, 'kubernetes')
  expect(Object.fromEntries(plain)).toEqual(Object.fromEntries(planned.plain.map(({ name, value }) => [name, value])))
  for (const { name } of planned.secret) {
    const { secret: secretName, key } = secretReference(config, name)
    expect(secret.get(name), name).toMatchObject({ name: secretName, key })
  }
}

test.each(presets.map((preset) => [preset.id, preset] as const).filter(([, preset]) => runsOn(presetConfig(preset), 'kubernetes')))(
  'ConfigMap and Secrets of %s hold what the plan decided',
  (_, preset) => agree(presetConfig(preset)),
)

test('the settings of a key set reach the application where its URL comes from a source of one\'s own', () => {
  agree({
    ...defaults,
    'target.platforms': ['kubernetes'],
    'auth.enabled': true,
    'auth.jwtIssuer': 'https://id.acme.io/',
    'auth.jwtAudience': 'https://api.acme.io',
    extraEnvFrom: '- secretRef:\n    name: more\n    optional: true\n',
  })
})

test('so they do for random configurations', { timeout: 120_000 }, () => {
  fc.assert(fc.property(anyKubernetesConfig, agree), { numRuns: 200 })
})
