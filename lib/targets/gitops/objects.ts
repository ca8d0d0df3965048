import type { Config } from '../../config/index.ts'
import { mostPods } from '../../plan/index.ts'

/** A Kubernetes object as plain data; what is undefined is left out. */
export interface KubernetesObject {
  readonly apiVersion: string
  readonly kind: string
  readonly metadata: {
    readonly name: string
    readonly namespace?: string
    readonly labels?: Readonly<Record<string, string>>
    readonly annotations?: Readonly<Record<string, string>>
    readonly finalizers?: readonly string[]
  }
  readonly [field: string]: unknown
}

/** A map, or nothing where it would be empty. */
export const orNothing = <T extends object>(map: T): T | undefined => (Object.keys(map).length > 0 ? map : undefined)

/** Whether something in the cluster writes `replicas`. */
export const scalesByItself = (config: Config): boolean => config['autoscaling.enabled'] && mostPods(config) > 0

/** A folder that Kustomize builds. */
export const kustomization = (fields: Readonly<Record<string, unknown>>) => ({
  apiVersion: 'kustomize.config.k8s.io/v1beta1',
  kind: 'Kustomization',
  ...fields,
})
