import { hasHostBits, isPrivate, networkOf, overlaps, strictText, type Network } from '../../text/address.ts'
import { defaults } from '../../config/index.ts'
import type { Rule } from '../rule.ts'
import { onVm } from '../when.ts'

/** Docker's own bridge has this one, and a network that shares an address with it is refused. */
const dockerBridge = networkOf('172.17.0.0/16') as Network

function subnetProblem(network: Network | undefined, text: string): { readonly message: string; readonly instead: string } | undefined {
  const initial = defaults['vm.subnet']
  if (!network?.written) return { message: `${text} is no network, and Docker refuses it.`, instead: initial }
  if (!isPrivate(network)) return { message: `${text} is not a private network: real addresses would be out of reach for the containers.`, instead: initial }
  if (overlaps(network, dockerBridge)) return { message: `${text} overlaps Docker's own bridge, 172.17.0.0/16, and Docker refuses it.`, instead: initial }
  if (hasHostBits(network)) return { message: `${text} has bits set outside its prefix, and Docker refuses it.`, instead: strictText(network) }
  return undefined
}

const subnet: Rule = {
  id: 'vm-subnet',
  severity: 'error',
  demand: 'A private network for the containers',
  applies: onVm,
  check: (config) => {
    const problem = subnetProblem(networkOf(config['vm.subnet']), config['vm.subnet'])
    return problem && { path: 'vm.subnet', title: 'Not a usable network', message: problem.message, fix: { label: `Use ${problem.instead}`, patch: { 'vm.subnet': problem.instead } } }
  },
}

export const networkRules: readonly Rule[] = [subnet]
