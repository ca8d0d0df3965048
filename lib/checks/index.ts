import type { Config } from '../config/index.ts'
import { alertRules } from './rules/alerts.ts'
import { authRules } from './rules/auth.ts'
import { bootRules } from './rules/boots.ts'
import { clusterSecretRules } from './rules/cluster-secrets.ts'
import { connectionRules } from './rules/connections.ts'
import { dataRules } from './rules/data.ts'
import { deliveryRules } from './rules/delivery.ts'
import { disruptionRules } from './rules/disruption.ts'
import { exposureRules } from './rules/exposure.ts'
import { gitopsRules } from './rules/gitops.ts'
import { kustomizeRules } from './rules/kustomize.ts'
import { hardeningRules } from './rules/hardening.ts'
import { imageRules } from './rules/image.ts'
import { litestreamRules } from './rules/litestream.ts'
import { machineRules } from './rules/machine.ts'
import { metadataRules } from './rules/metadata.ts'
import { migrationRules } from './rules/migrations.ts'
import { monitoringRules } from './rules/monitoring.ts'
import { networkRules } from './rules/network.ts'
import { openDoorRules } from './rules/open-doors.ts'
import { policyRules } from './rules/policy.ts'
import { probeRules } from './rules/probes.ts'
import { proxyRules } from './rules/proxies.ts'
import { redisRules } from './rules/redis.ts'
import { resourceRules } from './rules/resources.ts'
import { reverseProxyRules } from './rules/reverse-proxy.ts'
import { rolloutRules } from './rules/rollout.ts'
import { routeRules } from './rules/routes.ts'
import { scalingRules } from './rules/scaling.ts'
import { settingRules } from './rules/settings.ts'
import { sharedRules } from './rules/shared.ts'
import { variableRules } from './rules/variables.ts'
import { workflowRules } from './rules/workflows.ts'
import type { Finding, Rule, Severity } from './rule.ts'

export type { Finding, Fix, Rule, Severity } from './rule.ts'

/** Every rule, in the order in which findings are shown. */
export const rules: readonly Rule[] = [
  ...settingRules,
  ...bootRules,
  ...authRules,
  ...variableRules,
  ...dataRules,
  ...migrationRules,
  ...connectionRules,
  ...litestreamRules,
  ...redisRules,
  ...sharedRules,
  ...scalingRules,
  ...resourceRules,
  ...rolloutRules,
  ...disruptionRules,
  ...probeRules,
  ...exposureRules,
  ...routeRules,
  ...proxyRules,
  ...reverseProxyRules,
  ...machineRules,
  ...networkRules,
  ...policyRules,
  ...openDoorRules,
  ...monitoringRules,
  ...alertRules,
  ...imageRules,
  ...hardeningRules,
  ...metadataRules,
  ...deliveryRules,
  ...gitopsRules,
  ...kustomizeRules,
  ...clusterSecretRules,
  ...workflowRules,
]

const ranks: Readonly<Record<Severity, number>> = { error: 0, warning: 1, info: 2 }

/** Everything there is to say about a configuration; errors first, then by the order of the rules. */
export const check = (config: Config): readonly Finding[] =>
  rules
    .filter((rule) => rule.applies(config))
    .flatMap((rule) => [rule.check(config) ?? []].flat().map((said) => ({ id: rule.id, severity: rule.severity, ...said })))
    .sort((left, right) => ranks[left.severity] - ranks[right.severity])
