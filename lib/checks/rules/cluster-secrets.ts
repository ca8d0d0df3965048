import { clusterSecretsOf, gitopsTool, runsOn, secretsModeOf } from '../../plan/index.ts'
import type { Config } from '../../config/index.ts'
import type { Rule } from '../rule.ts'
import { all, type When } from '../when.ts'
import { listed, short } from '../words.ts'

const by =
  (mode: Config['secrets.mode']): When =>
  (config) =>
    secretsModeOf(config) === mode

/** Before any value is needed, too: what is needed comes and goes with other settings. */
const chosen =
  (mode: Config['secrets.mode']): When =>
  (config) =>
    runsOn(config, 'kubernetes') && config['secrets.mode'] === mode

const byHand = { label: 'Make them by hand', patch: { 'secrets.mode': 'existing' } } as const

const store: Rule = {
  id: 'secrets-store',
  severity: 'error',
  demand: 'The store of the secrets has a name',
  applies: chosen('eso'),
  check: (config) =>
    config['secrets.store'] === ''
      ? { path: 'secrets.store', title: 'No store', message: `The External Secrets Operator needs the name of a ${config['secrets.storeKind']} to read from.`, fix: byHand }
      : undefined,
}

const places: Rule = {
  id: 'secrets-place-unused',
  severity: 'warning',
  demand: 'Places in the store belong to values that are needed',
  applies: by('eso'),
  check: (config) => {
    const needed = new Set(clusterSecretsOf(config).flatMap(({ keys }) => keys.map(({ variable }) => variable.name)))
    const places = Object.entries(config['secrets.remoteKeys'])
    const unused = places.filter(([name]) => !needed.has(name)).map(([name]) => name)
    return unused.length === 0
      ? undefined
      : {
          path: 'secrets.remoteKeys',
          title: 'Nobody asks for it',
          message: `No value called ${short(listed(unused), 120)} is needed, so its place in the store is never read; the needed ones are ${short(listed([...needed]), 120)}.`,
          fix: { label: 'Remove it', patch: { 'secrets.remoteKeys': Object.fromEntries(places.filter(([name]) => needed.has(name))) } },
        }
  },
}

const recipient: Rule = {
  id: 'secrets-recipient',
  severity: 'error',
  demand: 'Somebody can decrypt the Secrets',
  applies: chosen('sops'),
  check: (config) =>
    config['secrets.ageRecipient'] === ''
      ? { path: 'secrets.ageRecipient', title: 'No recipient', message: 'SOPS has nobody to encrypt for: age-keygen prints a public key that begins with age1.', fix: byHand }
      : undefined,
}

const undecrypted: Rule = {
  id: 'secrets-not-decrypted',
  severity: 'warning',
  demand: 'What delivers the Secrets can read them',
  applies: all(by('sops'), (config) => ['argocd', 'kustomize'].includes(gitopsTool(config))),
  check: (config) => ({
    path: 'secrets.mode',
    title: 'Decrypted by hand',
    message: `${gitopsTool(config) === 'argocd' ? 'Argo CD without a plugin' : 'kubectl'} cannot decrypt SOPS, so somebody applies the Secrets by hand before each change of them.`,
    fix: { label: 'Seal them instead', patch: { 'secrets.mode': 'sealed' } },
  }),
}

const wide: Rule = {
  id: 'secrets-sealed-wide',
  severity: 'warning',
  demand: 'Sealed values open in their place only',
  applies: by('sealed'),
  check: (config) =>
    config['secrets.sealedScope'] === 'cluster-wide'
      ? {
          path: 'secrets.sealedScope',
          title: 'Opens anywhere',
          message: 'Whoever reads the repository and may make a SealedSecret in any namespace can have these values opened there.',
          fix: { label: 'Seal for this Secret', patch: { 'secrets.sealedScope': 'strict' } },
        }
      : undefined,
}

export const clusterSecretRules: readonly Rule[] = [store, places, recipient, undecrypted, wide]
