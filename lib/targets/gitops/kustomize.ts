import type { Config } from '../../config/index.ts'
import type { TextFile } from '../../files/file.ts'
import { gitopsPaths, overlaysOf, usesSqlite } from '../../plan/index.ts'
import { yamlFile } from '../../yaml/commented.ts'
import { kustomization, scalesByItself } from './objects.ts'
import { imageIn, splitRelease, type ReleaseParts } from './release-parts.ts'

/** The release without Helm: its objects, the migration apart from them, and one overlay for each environment. */
export function kustomizeFiles(config: Config): readonly TextFile[] {
  const parts = splitRelease(config)
  const migrates = parts.migration.length > 0
  return [
    ...folder('base', 'app.yaml', parts.objects),
    ...(migrates ? folder('migrate', 'migrate.yaml', parts.migration) : []),
    ...overlaysOf(config).flatMap((name) => overlay(config, name, parts, migrates)),
  ]
}

const at = (path: string): string => `${gitopsPaths.kustomize}/${path}`

/** No tool but Kustomize manages these objects. Selectors stay as they are. */
const labels = [{ pairs: { 'app.kubernetes.io/managed-by': 'kustomize' } }]

const folder = (name: string, file: string, documents: readonly unknown[]): readonly TextFile[] => [
  { path: at(`${name}/kustomization.yaml`), text: yamlFile([kustomization({ resources: [file], labels })]) },
  { path: at(`${name}/${file}`), text: yamlFile(documents, rendered) },
]

const rendered = 'What the chart makes of deploy/values.yaml, without hooks and tests.'

function overlay(config: Config, name: string, parts: ReleaseParts, migrates: boolean): readonly TextFile[] {
  const own = (path: string): string => at(`overlays/${name}/${path}/kustomization.yaml`)
  const image = {
    apiVersion: 'kustomize.config.k8s.io/v1alpha1',
    kind: 'Component',
    images: [imageIn(parts, config)],
  }
  const replicas = scalesByItself(config) || usesSqlite(config) ? undefined : [{ name: parts.workload, count: config.replicaCount }]
  return [
    { path: own('image'), text: yamlFile([image], 'The image of this environment, for the migration and the application alike; kustomize edit set image changes it.') },
    { path: own('app'), text: yamlFile([kustomization({ resources: ['../../../base'], components: ['../image'], replicas })]) },
    ...(migrates ? [{ path: own('migrate'), text: yamlFile([kustomization({ resources: ['../../../migrate'], components: ['../image'] })]) }] : []),
  ]
}

