import type { Target } from '../target.ts'
import { checklist } from './checklist.ts'
import { readme } from './readme.ts'

/** What a person reads: the next commands, and what to see to before production. */
export const docs: Target = {
  id: 'docs',
  label: 'Documents',
  render: (config) => [
    { path: 'README.md', text: readme(config) },
    { path: 'CHECKLIST.md', text: checklist(config) },
  ],
}
