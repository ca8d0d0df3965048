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
      help: 'A service of the stack, or a file for the proxy that is installed on the machine; your own forwards to the port on 127.0.0.1.',
    },
  ),
  'proxy.tls': choice(
    'automatic',
    { automatic: 'Automatic', files: 'From files' },
    {
      when: automatic,
      label: 'Certificates',
      help: "Gets them from Let's Encrypt for the host names, or reads yours; nginx only reads files.",
    },
  ),
  'proxy.email': text('', {
    pattern: '^([A-Za-z0-9._%+-]+@[A-Za-z0-9.-]+)?$',
    hint: 'an e-mail address',
    when: { ...automatic, 'proxy.tls': 'automatic' },
    label: 'Certificate contact',
    help: 'The address that the certificate authority writes to; may be empty.',
  }),
  'proxy.certificate': text('', {
    ...file,
    when: byFiles,
    placeholder: '/etc/letsencrypt/live/api.example.com/fullchain.pem',
    label: 'Certificate file',
    help: 'Where the certificate with its chain lies on the machine; for nginx a client such as certbot writes it.',
  }),
  'proxy.certificateKey': text('', {
    ...file,
    when: byFiles,
    placeholder: '/etc/letsencrypt/live/api.example.com/privkey.pem',
    label: 'Key file',
    help: 'Where the private key of the certificate lies on the machine; it never enters the bundle.',
  }),
  'proxy.nginxVersion': text('1.22.1', {
    ...version,
    when: nginxOnHost,
    advanced: true,
    label: 'nginx version',
    help: 'What "nginx -v" says on the machine: only what that version understands is written.',
  }),
  'proxy.opensslVersion': text('3.0', {
    ...version,
    hint: 'a version such as 3.0',
    when: nginxOnHost,
    advanced: true,
    label: 'OpenSSL version',
    help: 'What "nginx -V" says that it runs with; key exchange that resists quantum computers takes 3.5.',
  }),
  'proxy.publishDocs': bool(false, {
    when: proxied,
    advanced: true,
    label: 'Publish the documentation',
    help: 'Lets everyone reach /docs, /redoc and /openapi.json where the application serves them; else the proxy answers 404.',
  }),
  'proxy.publishMetrics': bool(false, {
    when: proxied,
    advanced: true,
    label: 'Publish the metrics',
    help: 'Lets everyone reach /metrics, which asks for no login; else the proxy answers 404.',
  }),
} as const
