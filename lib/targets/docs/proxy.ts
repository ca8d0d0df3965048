import type { Config } from '../../config/index.ts'
import {
  certbotFolder,
  certificateOnMachine,
  challengeFolder,
  containerOf,
  machinePaths,
  nginxUser,
  proxyFilesOf,
  proxyOf,
  readsAsUser,
  usesCertificateFiles,
  type MachinePlatform,
  type Proxy,
} from '../../plan/index.ts'
import { markdownBlock, markdownCode } from '../../text/markdown.ts'
import { shellCommand, shellQuoted, shellWord } from '../../text/shell.ts'

/** A command that runs in the bundle's directory on the machine, as root where it says so. */
const remote = (config: Config, command: string): string =>
  `ssh -t "$MACHINE" ${shellQuoted(`cd ${shellWord(config['vm.path'])} && ${command}`)}`

/** What must be on the machine before the stack's proxy, or the one that is installed, can start; nothing where it gets certificates by itself. */
export function certificateStep(config: Config, platform: MachinePlatform): readonly string[] {
  const proxy = proxyOf(config, platform)
  if (!proxy || !usesCertificateFiles(config)) return []
  const { certificate, key } = certificateOnMachine(config)
  return [
    `The proxy reads the certificate with its chain from ${markdownCode(certificate)} and its key from ${markdownCode(key)}. Certbot, for one, gets them while nothing listens on port 80 yet${proxy.kind === 'nginx' ? `, and renews them by ${markdownCode(challengeFolder)}, which nginx serves` : ''}:`,
    markdownBlock('sh', [remote(config, `sudo mkdir -p ${challengeFolder} && sudo certbot certonly --standalone ${proxy.hosts.flatMap((host) => ['--domain', shellWord(host)]).join(' ')}`)]),
    ...(platform === 'compose' ? inStack(config, proxy) : ['After each renewal the proxy must read them again: a deploy hook of certbot does that.']),
  ]
}

/** What the stack's proxy needs beside the files, now and after each renewal. */
function inStack(config: Config, { kind }: Proxy): readonly string[] {
  const { certificate, key } = certificateOnMachine(config)
  const restart = shellCommand(['docker', 'compose', '--project-name', config['release.name'], '--file', machinePaths.compose, 'restart', kind])
  const [user = '', group = ''] = nginxUser.split(':')
  const copy = (from: string, to: string): string => shellCommand(['sudo', 'install', '-D', '--owner', user, '--group', group, '--mode', '0400', from, to])
  return readsAsUser(config)
    ? [
        `The stack's nginx is not root: it gets copies that it may read, now and after each renewal, which a deploy hook of certbot can do.`,
        markdownBlock('sh', [remote(config, `${copy(`${certbotFolder(config)}/fullchain.pem`, certificate)} && ${copy(`${certbotFolder(config)}/privkey.pem`, key)}`)]),
        'After a renewal, start it anew besides:',
        markdownBlock('sh', [remote(config, restart)]),
      ]
    : ["The stack's proxy reads both as root without the right to pass over file modes: root must own them. After each renewal, start it anew:", markdownBlock('sh', [remote(config, restart)])]
}

/** The commands that put the file of the bundle into the proxy that is installed on the machine. */
export const installStep = (config: Config): readonly string[] => {
  const proxy = proxyOf(config, 'container')
  if (!proxy) return []
  return [
    `The file makes ${names[proxy.kind]} forward to ${markdownCode(`http://127.0.0.1:${containerOf(config).hostPort}`)}. It answers for ports 80 and 443 of the whole machine: where other sites live beside it, read it before.`,
    markdownBlock('sh', [remote(config, installs[proxy.kind](config))]),
  ]
}

const names = { caddy: 'Caddy', nginx: 'nginx', traefik: 'Traefik' } as const

const installs: Readonly<Record<Proxy['kind'], (config: Config) => string>> = {
  caddy: (config) => {
    const [file = ''] = proxyFilesOf(config, 'container')
    return `caddy validate --adapter caddyfile --config ${file} && sudo install -m 0644 ${file} /etc/caddy/Caddyfile && sudo systemctl restart caddy`
  },
  nginx: (config) => {
    const [file = ''] = proxyFilesOf(config, 'container')
    return `sudo rm -f /etc/nginx/sites-enabled/default && sudo install -m 0644 ${file} ${shellWord(`/etc/nginx/conf.d/${config['release.name']}.conf`)} && sudo nginx -t && sudo systemctl reload nginx`
  },
  traefik: (config) => `sudo mkdir -p /etc/traefik /var/lib/traefik && sudo install -m 0644 ${proxyFilesOf(config, 'container').join(' ')} /etc/traefik/ && sudo systemctl restart traefik`,
}

/** Commands that show that a proxy does what it is for, with the answers to expect. */
export function tryProxy(config: Config, proxy: Proxy): readonly string[] {
  const host = proxy.hosts.find((one) => !one.startsWith('*')) ?? proxy.hosts[0]?.replace('*', 'www') ?? 'localhost'
  const base = `https://${host}${proxy.prefix}`
  const status = (url: string, ...more: readonly string[]): string =>
    shellCommand(['curl', '--silent', '--output', '/dev/null', '--write-out', '%{http_code}\\n', ...more, url])
  return [
    `The names must lead to the machine, and ports 80 and 443 must be open${proxy.certificate ? '' : ': certificates are got by them'}. Expect an answer, then ${['308 or 301', ...(proxy.closed.length > 0 ? ['404'] : []), 'no answer of the service'].join(', then ')}:`,
    markdownBlock('sh', [
      shellCommand(['curl', '--fail', `${base}${config['app.readinessCheckPath']}`]),
      status(`http://${host}/`),
      ...proxy.closed.slice(0, 1).map((path) => status(`${base}${path}`)),
      status(`${base}/`, '--header', 'Host: unknown.invalid'),
    ]),
  ]
}
