import type { Config, Path } from '../../config/index.ts'
import { fullnameOf } from '../../plan/index.ts'
import type { Rule } from '../rule.ts'
import { onKubernetes } from '../when.ts'
import { listed, short } from '../words.ts'

const labelMaps = ['commonLabels', 'podLabels', 'serviceMonitor.labels', 'prometheusRule.labels', 'nodeSelector'] as const
const annotationMaps = ['ingress.annotations', 'httpRoute.annotations', 'service.annotations', 'persistence.annotations', 'podAnnotations', 'deploymentAnnotations', 'serviceAccount.annotations'] as const

/** Maps that are written for this configuration. */
const inUse = (config: Config, path: Path): boolean => {
  if (path.startsWith('serviceMonitor.')) return config['metrics.enabled'] && config['serviceMonitor.enabled']
  if (path.startsWith('prometheusRule.')) return config['metrics.enabled'] && config['prometheusRule.enabled']
  if (path.startsWith('httpRoute.')) return config['httpRoute.enabled']
  if (path.startsWith('ingress.')) return config['ingress.enabled']
  if (path.startsWith('persistence.')) return config['database.backend'] === 'sqlite'
  return true
}

const qualified = /^([a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?\/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$/
const labelValue = /^([A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?)?$/

const without = (map: Readonly<Record<string, string>>, bad: readonly string[]) => Object.fromEntries(Object.entries(map).filter(([key]) => !bad.includes(key)))

const labels: Rule = {
  id: 'label-invalid',
  severity: 'error',
  demand: 'Labels are ones that Kubernetes takes',
  applies: onKubernetes,
  check: (config) =>
    labelMaps.flatMap((path) => {
      const bad = inUse(config, path) ? Object.entries(config[path]).filter(([key, value]) => !qualified.test(key) || !labelValue.test(value)) : []
      if (bad.length === 0) return []
      return [
        {
          path,
          title: 'Not a label',
          message: `Kubernetes refuses ${short(bad.map(([key, value]) => `${key}: ${value}`).join(', '), 80)}: names and values have letters, digits, dashes, dots and underscores, at most 63.`,
          fix: { label: 'Remove it', patch: { [path]: without(config[path], bad.map(([key]) => key)) } },
        },
      ]
    }),
}

const annotations: Rule = {
  id: 'annotation-invalid',
  severity: 'error',
  demand: 'Annotations are ones that Kubernetes takes',
  applies: onKubernetes,
  check: (config) =>
    annotationMaps.flatMap((path) => {
      const bad = inUse(config, path) ? Object.keys(config[path]).filter((key) => !qualified.test(key)) : []
      if (bad.length === 0) return []
      return [
        {
          path,
          title: 'Not an annotation',
          message: `Kubernetes refuses the name ${short(listed(bad), 80)}: letters, digits, dashes, dots and underscores, at most 63, after an optional domain and slash.`,
          fix: { label: 'Remove it', patch: { [path]: without(config[path], bad) } },
        },
      ]
    }),
}

const own = ['app.kubernetes.io/name', 'app.kubernetes.io/instance', 'app.kubernetes.io/component', 'app.kubernetes.io/managed-by']

const reserved: Rule = {
  id: 'label-reserved',
  severity: 'warning',
  demand: 'Labels leave the selectors alone',
  applies: onKubernetes,
  check: (config) =>
    (['commonLabels', 'podLabels'] as const).flatMap((path) => {
      const found = Object.keys(config[path]).filter((key) => own.includes(key))
      return found.length === 0
        ? []
        : [
            {
              path,
              title: 'Label is ignored',
              message: `${listed(found)} is the chart's own, by which Services find their pods, so what is given here is ignored.`,
              fix: { label: 'Remove it', patch: { [path]: without(config[path], found) } },
            },
          ]
    }),
}

const serviceName: Rule = {
  id: 'name-begins-with-digit',
  severity: 'error',
  demand: 'The name is one that a Service may have',
  applies: onKubernetes,
  check: (config) => {
    const path = config.fullnameOverride === '' ? 'release.name' : 'fullnameOverride'
    const name = fullnameOf(config)
    if (!/^[0-9]/.test(name)) return undefined
    const instead = `app-${name}`.slice(0, path === 'release.name' ? 40 : 63).replace(/-+$/, '')
    return {
      path,
      title: 'Begins with a digit',
      message: `A Service cannot be called ${name}: its name begins with a letter.`,
      fix: { label: `Use ${instead}`, patch: { [path]: instead } },
    }
  },
}

const namespace: Rule = {
  id: 'namespace-shared',
  severity: 'warning',
  demand: 'A namespace of its own',
  applies: onKubernetes,
  check: (config) => {
    const path = config.namespaceOverride === '' ? 'release.namespace' : 'namespaceOverride'
    const given = config[path]
    if (given !== 'default' && !given.startsWith('kube-')) return undefined
    const instead = config['release.name'] === 'default' || config['release.name'].startsWith('kube-') ? 'chassis' : config['release.name']
    return {
      path,
      title: 'Shared namespace',
      message: `Namespace ${given} is everybody's: policies, quotas and rights cannot be set for this service alone.`,
      fix: { label: `Use ${instead}`, patch: { [path]: instead } },
    }
  },
}

const oldest = 29

const kubeVersion: Rule = {
  id: 'kubernetes-old',
  severity: 'error',
  demand: `Kubernetes 1.${oldest} or newer`,
  applies: onKubernetes,
  check: (config) =>
    (['release.kubeVersion', 'kubeVersionOverride'] as const)
      .filter((path) => Number(/^v?1\.([0-9]+)/.exec(config[path])?.[1] ?? oldest) < oldest)
      .map((path) => ({
        path,
        title: 'Kubernetes too old',
        message: `The chart needs Kubernetes 1.${oldest}, and this says ${config[path]}.`,
        fix: path === 'kubeVersionOverride' ? { label: 'Clear it', patch: { [path]: '' } } : { label: 'Use 1.35.0', patch: { [path]: '1.35.0' } },
      })),
}

export const metadataRules: readonly Rule[] = [labels, annotations, serviceName, kubeVersion, reserved, namespace]
