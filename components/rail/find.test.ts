import { expect, test } from 'vitest'
import { settingAt } from '../../lib/config/index.ts'
import { synonyms } from '../../lib/config/synonyms.ts'
import { find } from './find.ts'

const first = (question: string) => find(question)[0]?.path

test('finds by label, key and variable', () => {
  expect(first('pool size')).toBe('database.poolSize')
  expect(first('APP_LOG_LEVEL')).toBe('app.logLevel')
  expect(first('ingress.className')).toBe('ingress.className')
})

/** What somebody looks for, and the setting that must be among the first three. */
test.each([
  ['docker compose', 'target.platforms'],
  ['valkey', 'vm.redisImage'],
  ['caddy', 'proxy.kind'],
  ['nginx', 'proxy.kind'],
  ['traefik', 'proxy.kind'],
  ['traefik', 'ingress.controller'],
  ["let's encrypt", 'proxy.kind'],
  ['letsencrypt email', 'proxy.email'],
  ['certbot', 'proxy.certificate'],
  ['backup', 'vm.backup'],
  ['pg_dump', 'vm.backup'],
  ['blue green', 'vm.zeroDowntime'],
  ['zero downtime', 'vm.zeroDowntime'],
  ['systemd', 'vm.systemd'],
  ['postgres 18', 'vm.postgresVersion'],
  ['ci/cd', 'workflows.enabled'],
  ['ssh', 'workflows.enabled'],
  ['sbom', 'workflows.build'],
  ['cosign', 'workflows.attest'],
  ['aws', 'workflows.clusterAccess'],
  ['azure', 'workflows.clusterAccess'],
  ['gke', 'workflows.clusterAccess'],
  ['kubeconfig', 'workflows.clusterAccess'],
  ['dependabot', 'workflows.enabled'],
  ['oci chart', 'workflows.publishChart'],
  ['argocd', 'gitops.tool'],
  ['argo cd', 'gitops.tool'],
  ['flux', 'gitops.tool'],
  ['kustomize', 'gitops.tool'],
  ['quota', 'gitops.quota'],
  ['pod security', 'gitops.createNamespace'],
  ['external secrets', 'secrets.mode'],
  ['vault', 'secrets.store'],
  ['kubeseal', 'secrets.mode'],
  ['sops', 'secrets.mode'],
  ['alb', 'ingress.controller'],
  ['haproxy', 'ingress.controller'],
  ['ingress-nginx', 'ingress.controller'],
  ['load balancer', 'ingress.controller'],
  ['gateway api', 'httpRoute.enabled'],
  ['domain', 'public.hosts'],
  ['podmonitor', 'serviceMonitor.enabled'],
  ['alertmanager', 'prometheusRule.enabled'],
  ['grafana', 'dashboard.enabled'],
  ['opentelemetry', 'tracing.enabled'],
  ['hpa', 'autoscaling.enabled'],
])('%s leads to %s', (question, path) => {
  expect(
    find(question)
      .slice(0, 3)
      .map((setting) => setting.path),
  ).toContain(path)
})

test('short words are found where words begin', () => {
  expect(find('age').map(({ path }) => path)).not.toContain('persistence.storageClass')
})

test('other words are for settings that are declared, and can be typed', () => {
  for (const [path, words] of Object.entries(synonyms)) {
    expect(settingAt(path), path).toBeDefined()
    expect(words).toBe(words.toLowerCase())
  }
})

test('finds nothing for nothing and for nonsense', () => {
  expect(find('  ')).toEqual([])
  expect(find('zzzz .* [')).toEqual([])
})
