import { bool, choice, text } from '../field.ts'
import { onContainer, onVm } from './section.ts'

const proxied = { ...onVm, 'proxy.kind': ['caddy', 'nginx', 'traefik'] } as const
/** Where the proxy can get certificates by itself. */
const automatic = { ...onVm, 'proxy.kind': ['caddy', 'traefik'] } as const
/** Where it reads them from files; nginx always does. */
const byFiles = [
  { ...automatic, 'proxy.tls': 'files' },
  { ...onVm, 'proxy.kind': 'nginx' },
] as const
const nginxOnHost = { ...onContainer, 'proxy.kind': 'nginx' } as const

const file = { pattern: '^(/[A-Za-z0-9_][A-Za-z0-9_./+@-]*)?$', hint: 'an absolute path of letters, digits, dots, dashes and underscores', maxLength: 400 }
const version = { pattern: '^[1-9][0-9]?\\.[0-9]{1,3}(\\.[0-9]{1,3})?$', hint: 'a version such as 1.22.1', required: true }

/** The reverse proxy of a machine: part of the section "Exposure". */
export const proxyFields = {
  'proxy.kind': choice(
    'none',
    { none: 'My own', caddy: 'Caddy', nginx: 'nginx', traefik: 'Traefik' },
    {
      when: onVm,
      label: 'Reverse proxy',
    },
  ),
  'proxy.tls': choice(
    'automatic',
    { automatic: 'Automatic', files: 'From files' },
    {
      when: automatic,
      label: 'Certificates',
    },
  ),
  'proxy.email': text('', {
    pattern: '^([A-Za-z0-9._%+-]+@[A-Za-z0-9.-]+)?$',
    hint: 'an e-mail address',
    when: { ...automatic, 'proxy.tls': 'automatic' },
    label: 'Certificate contact',
  }),
  'proxy.certificate': text('', {
    ...file,
    when: byFiles,
    placeholder: '/etc/letsencrypt/live/api.example.com/fullchain.pem',
    label: 'Certificate file',
  }),
  'proxy.certificateKey': text('', {
    ...file,
    when: byFiles,
    placeholder: '/etc/letsencrypt/live/api.example.com/privkey.pem',
    label: 'Key file',
  }),
  'proxy.nginxVersion': text('1.22.1', {
    ...version,
    when: nginxOnHost,
    advanced: true,
    label: 'nginx version',
  }),
  'proxy.opensslVersion': text('3.0', {
    ...version,
    hint: 'a version such as 3.0',
    when: nginxOnHost,
    advanced: true,
    label: 'OpenSSL version',
  }),
  'proxy.publishDocs': bool(false, {
    when: proxied,
    advanced: true,
    label: 'Publish the documentation',
  }),
  'proxy.publishMetrics': bool(false, {
    when: proxied,
    advanced: true,
    label: 'Publish the metrics',
  }),
} as const
