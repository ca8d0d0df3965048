/**
 * What Checkov, kube-score, kube-linter and Polaris demand of a release, as far as it applies to a
 * service without rights in the cluster. Each condition names the rules that ask for it and says
 * how to break it, so that a test can see that it notices.
 */
import type { Condition } from './condition.ts'
import { containers } from './containers.ts'
import { objects } from './objects.ts'
import { pods } from './pods.ts'
import { workloads } from './workloads.ts'

export type { Release } from './condition.ts'

export const conditions: readonly Condition[] = [...pods, ...containers, ...workloads, ...objects]
