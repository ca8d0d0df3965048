import { gitopsTool } from '../../plan/index.ts'
import type { Target } from '../target.ts'
import { argocdFiles } from './argocd.ts'
import { fluxFiles } from './flux.ts'
import { kustomizeFiles } from './kustomize.ts'
import { preparation } from './prepare.ts'

/** What a GitOps controller or Kustomize installs from the repository, in its order. */
export const gitops: Target = {
  id: 'gitops',
  label: 'GitOps',
  render: (config) => {
    switch (gitopsTool(config)) {
      case 'argocd':
        return [...preparation(config), ...argocdFiles(config)]
      case 'flux':
        return [...preparation(config), ...fluxFiles(config)]
      case 'kustomize':
        return [...preparation(config), ...kustomizeFiles(config)]
      default:
        return []
    }
  },
}
