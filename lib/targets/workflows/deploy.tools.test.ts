import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import { dockerOf, dockerStandIn } from '../../../testing/docker-stand-in.ts'
import { calling } from '../../../testing/scripts.ts'
import { requireTool } from '../../../testing/tools.ts'
import { variation } from '../../../testing/variations.ts'
import { recording, runner, type Runner } from '../../../testing/workflow-steps.ts'
import { defaults, type Config, type Patch } from '../../config/index.ts'
import { render } from '../../render.ts'
import { workflows } from './index.ts'

let used: Runner | undefined
afterEach(() => {
  used?.remove()
  used = undefined
})

const on = (
  config: Config,
  file: string,
  programs: Readonly<Record<string, string>>,
  withBundle = false,
): Runner =>
  (used = runner(workflows.render(config), file, programs, withBundle ? render(config).files : []))

describe('to a machine', () => {
  /** An ssh that is there already: it runs what it is told in a shell of its own. */
  const ssh = '#!/bin/sh\nshift 3\nexec sh -c "$*"\n'
  const secrets = {
    DEPLOY_HOST: 'vm.example.com',
    DEPLOY_USER: 'deploy',
    DEPLOY_SSH_KEY: 'key\r\nlines',
    DEPLOY_KNOWN_HOSTS: 'vm ssh-ed25519 AAAA',
  }
  const image = { IMAGE_NAME: 'ghcr.io/a/b', IMAGE_TAG: '', IMAGE_DIGEST: '' }

  test('files are copied, secrets made there, and the stack started', () => {
    const host = on(variation('vm-compose'), 'deploy-compose.yml', { ssh, ...dockerStandIn }, true)
    const directory = join(host.temp, '../machine')
    const env = { ...image, DIRECTORY: directory }
    expect(host.step('Prepare the connection', secrets).stderr).toBe('')
    expect(readFileSync(join(host.temp, 'ssh/key'), 'utf8')).toBe('key\nlines\n')
    for (const name of ['key', 'config', 'known_hosts'])
      expect(statSync(join(host.temp, 'ssh', name)).mode & 0o77).toBe(0)
    expect(readFileSync(join(host.temp, 'ssh/config'), 'utf8')).toMatch(
      /Port 22\n[\s\S]*StrictHostKeyChecking yes/,
    )
    expect(host.step('Copy the files', env).stderr).toBe('')
    expect(existsSync(join(directory, 'docker-compose.deploy.yml'))).toBe(true)
    expect(host.step('Deploy', env).stderr).toMatch(/run ops\/create-secrets\.sh first/)
    expect(spawnSync('sh', ['ops/create-secrets.sh'], { cwd: directory }).status).toBe(0)
    const deployed = host.step('Deploy', { ...env, IMAGE_TAG: 'v2' })
    expect(deployed.stderr).toMatch(/runs and is ready/)
    expect(deployed.status).toBe(0)
    expect(dockerOf(host).containers.app?.image).toBe('ghcr.io/a/b:v2')
    expect(host.step('Forget the key').status).toBe(0)
    expect(existsSync(join(host.temp, 'ssh'))).toBe(false)
  })

  test.each([
    [{ DEPLOY_HOST: '' }, /DEPLOY_HOST is missing/],
    [{ DEPLOY_HOST: 'vm\nProxyCommand reboot' }, /is not a host/],
    [{ DEPLOY_USER: 'a b' }, /is not a host/],
    [{ DEPLOY_PORT: '22x' }, /is not a host/],
  ])('%j is refused', (bad, message) => {
    const { status, stdout } = on(variation('vm-compose'), 'deploy-compose.yml', {}).step(
      'Prepare the connection',
      { ...secrets, ...bad },
    )
    expect(status).toBe(1)
    expect(stdout).toMatch(message)
  })

  test.each([
    ['v1.2.3', '', 0],
    ['', `sha256:${'a'.repeat(64)}`, 0],
    ['', '', 0],
    ['a b', '', 1],
    ['$(reboot)', '', 1],
    ['', 'sha256:abc', 1],
  ])('inputs %j and %j', (tag, digest, expected) => {
    const { status } = on(variation('vm-compose'), 'deploy-compose.yml', {}).step(
      'Check the inputs',
      { IMAGE_TAG: tag, IMAGE_DIGEST: digest },
    )
    expect(status).toBe(expected)
  })
})

describe('to a cluster', () => {
  const release = {
    RELEASE: 'chassis',
    NAMESPACE: 'chassis',
    HELM_TIMEOUT: '5m',
    WORKLOAD: 'deployment/chassis',
    WORKLOAD_NAMESPACE: 'objects',
    SERVICE: 'orders',
    SERVICE_PORT: '80',
    READY_PATH: '/ready',
    READY_HOST: 'orders',
    PUBLIC_URL: 'https://api.example.com/ready',
    IMAGE_TAG: '',
    IMAGE_DIGEST: '',
  }
  /** A Helm with a release at revision 7. */
  const helm = recording(
    'helm',
    'if [ "$1" = list ]; then printf "chassis\\tchassis\\t7\\tnow\\n"; fi',
  )
  /** Waits for the door that stands open beside it, as the real one does by trying again. */
  const meetsDoor =
    'case "$*" in *127.0.0.1*) until grep -q port-forward "$RUNNER_TEMP/calls"; do sleep 0.05; done ;; esac'
  const cluster = (programs: Readonly<Record<string, string>> = {}) => {
    const host = on(variation('EKS, image and chart published'), 'deploy-helm.yml', {
      helm,
      kubectl: recording('kubectl', 'if [ "$1" = port-forward ]; then exec sleep 60; fi'),
      curl: recording('curl', meetsDoor),
      ...programs,
    })
    return {
      ...host,
      step: (name: string, env: Readonly<Record<string, string>> = {}) =>
        host.step(name, { ...release, ...env }),
    }
  }

  test.each([
    [{}, ''],
    [{ IMAGE_TAG: 'v2' }, '--set-string image.tag=v2 --set-string image.digest= '],
    [{ IMAGE_TAG: 'v2', IMAGE_DIGEST: 'sha256:x' }, '--set-string image.digest=sha256:x '],
  ])('Helm is told the image %j, and the revision is remembered', (image, words) => {
    const host = cluster()
    expect(host.step('Deploy', image).status).toBe(0)
    expect(host.calls()[1]).toBe(
      `helm upgrade chassis ./chart --install --values deploy/values.yaml ${words}--namespace chassis --rollback-on-failure --wait --timeout 5m --history-max 10`,
    )
    expect(host.wrote('output')).toBe('previous=7\n')
  })

  test('the service is asked through its own door, then from outside', () => {
    const host = cluster()
    expect(host.step('Wait for the rollout').status).toBe(0)
    expect(host.step('Ask for readiness').status).toBe(0)
    expect(host.step('Ask from outside').status).toBe(0)
    const [rollout, ...rest] = host.calls()
    expect(rollout).toBe(
      'kubectl rollout status deployment/chassis --namespace objects --timeout 5m',
    )
    expect(rest.toSorted()).toEqual([
      expect.stringMatching(
        /^curl --fail .* --header Host: orders http:\/\/127\.0\.0\.1:18080\/ready$/,
      ),
      expect.stringMatching(/^curl --fail .* https:\/\/api\.example\.com\/ready$/),
      'kubectl port-forward --namespace objects service/orders 18080:80',
    ])
  })

  test('a service that is not ready fails its step, and the door is closed', () => {
    const host = cluster({ curl: recording('curl', 'exit 22') })
    expect(host.step('Ask for readiness').status).toBe(22)
    expect(host.step('Ask from outside').status).toBe(22)
  })

  test('what went wrong is shown even where nothing can be read', () => {
    const host = cluster({ kubectl: recording('kubectl', 'exit 1') })
    expect(host.step('Show what went wrong').status).toBe(0)
    expect(host.calls().map((call) => call.split(' ').slice(0, 2).join(' '))).toEqual([
      'kubectl get',
      'kubectl get',
      'kubectl logs',
    ])
  })

  test('the revision before comes back, where there is one', () => {
    const host = cluster()
    expect(host.step('Roll back', { PREVIOUS: '7' }).status).toBe(0)
    expect(host.calls()).toEqual([
      'helm rollback chassis 7 --namespace chassis --wait --timeout 5m',
    ])
    expect(host.step('Roll back', { PREVIOUS: '' })).toMatchObject({
      status: 1,
      stdout: expect.stringContaining('none to go back to'),
    })
  })
})

describe('into a cluster', () => {
  const enter = (patch: Patch, programs: Readonly<Record<string, string>> = {}) =>
    on({ ...defaults, ...patch }, 'deploy-helm.yml', programs)

  test('by a kubeconfig that only this job reads', () => {
    const host = enter({})
    expect(host.step('Write the kubeconfig', { KUBE_CONFIG: '' })).toMatchObject({
      status: 1,
      stdout: expect.stringContaining('KUBE_CONFIG is missing'),
    })
    expect(host.step('Write the kubeconfig', { KUBE_CONFIG: 'a: "$b"' }).status).toBe(0)
    const file = join(host.temp, 'kubeconfig')
    expect(readFileSync(file, 'utf8')).toBe('a: "$b"\n')
    expect(statSync(file).mode & 0o77).toBe(0)
    expect(host.wrote('env')).toBe(`KUBECONFIG=${file}\n`)
    expect(host.step('Remove the kubeconfig').status).toBe(0)
    expect(existsSync(file)).toBe(false)
  })

  test('of Amazon, by its name', () => {
    const host = enter({ 'workflows.clusterAccess': 'eks' }, { aws: recording('aws') })
    const settings = { EKS_CLUSTER: 'main', AWS_REGION: 'eu-central-1', AWS_ROLE_ARN: 'arn:x' }
    expect(host.step("Check the cluster's settings", settings).status).toBe(0)
    expect(
      host.step("Check the cluster's settings", { ...settings, AWS_ROLE_ARN: '' }),
    ).toMatchObject({
      status: 1,
      stdout: expect.stringContaining('the variable AWS_ROLE_ARN is missing'),
    })
    expect(host.step('Write the kubeconfig', settings).status).toBe(0)
    expect(host.calls()).toEqual([
      `aws eks update-kubeconfig --name main --region eu-central-1 --kubeconfig ${host.temp}/kubeconfig`,
    ])
    expect(host.wrote('env')).toBe(`KUBECONFIG=${host.temp}/kubeconfig\n`)
  })

  const jq = requireTool('jq')
  const az = recording('az', 'if [ "$2" = get-access-token ]; then echo token-1; fi')
  const kubectl = (user: string) =>
    recording('kubectl', `printf '%s' '{"users":[{"name":"u","user":${user}}]}'`)

  test.skipIf(jq === undefined).each([
    [
      'with Entra ID, by a token in place of kubelogin',
      '{"exec":{"command":"kubelogin"}}',
      { token: 'token-1' },
    ],
    ['with accounts of its own', '{"client-key-data":"k"}', { 'client-key-data': 'k' }],
  ])('of Azure, %s', (_, user, expected) => {
    const host = enter({ 'workflows.clusterAccess': 'aks' }, { az, kubectl: kubectl(user), jq: calling(jq as string) })
    const { status, stdout } = host.step('Write the kubeconfig', {
      AKS_CLUSTER: 'main',
      AKS_RESOURCE_GROUP: 'shop (prod)',
    })
    expect(status).toBe(0)
    expect(host.calls()[0]).toBe(
      `az aks get-credentials --resource-group shop (prod) --name main --file ${host.temp}/aks --overwrite-existing`,
    )
    const file = join(host.temp, 'kubeconfig')
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual({
      users: [{ name: 'u', user: expected }],
    })
    expect(statSync(file).mode & 0o77).toBe(0)
    expect(stdout).toBe('token' in expected ? '::add-mask::token-1\n' : '')
    expect(host.step('Remove the kubeconfig').status).toBe(0)
    expect(host.calls().at(-1)).toBe('az account clear')
  })
})
