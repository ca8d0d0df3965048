import { challengeFolder, type Proxy } from '../../plan/index.ts'
import { versionAtLeast } from '../../text/version.ts'
import { indent, literal } from './text.ts'
import { tlsLines } from './nginx-tls.ts'

/**
 * nginx in front of the application: the whole configuration for the stack's container, and on a
 * machine a file for /etc/nginx/conf.d. Only what the version understands is written. HSTS is left
 * to the application. Sources: nginx' manual; Mozilla's guideline 6.0 for TLS.
 */
export const nginxConf = (proxy: Proxy): string => (proxy.platform === 'compose' ? wholeFile(proxy) : `${onMachine}\n${sites(proxy)}`)

const onMachine = `# For the http block of nginx: a file in /etc/nginx/conf.d. It answers for every name of ports 80
# and 443 that no other file does; a default site beside it must go.
`

/** It runs as an ordinary user on a read-only disk, so everything that is written goes to /tmp. */
const wholeFile = (proxy: Proxy): string => `worker_processes auto;
pid /tmp/nginx.pid;
error_log stderr warn;

events {
    worker_connections 1024;
}

http {
    client_body_temp_path /tmp/body;
    proxy_temp_path /tmp/proxy;
    fastcgi_temp_path /tmp/fastcgi;
    uwsgi_temp_path /tmp/uwsgi;
    scgi_temp_path /tmp/scgi;

    # Asked by the container's own health check; not reachable from outside.
    server {
        listen 127.0.0.1:2020;
        access_log off;
        return 200;
    }

${indent(sites(proxy), '    ')}}
`

const sites = (proxy: Proxy): string => `${nameTable(proxy)}${maps(proxy)}
${upstream(proxy)}# Other names are no business of this machine: the connection ends.
server {
${lines([...listens(proxy, ports(proxy).http, 'default_server'), ...listens(proxy, ports(proxy).https, ...tlsListen(proxy), 'default_server'), ...http2(proxy), 'server_name _', 'server_tokens off', 'access_log off', ...tlsLines(proxy.openssl), 'ssl_reject_handshake on', 'return 444'])}
}

# Plain HTTP only leads to HTTPS, and answers the authority when certificates are renewed.
server {
${lines([...listens(proxy, ports(proxy).http), serverName(proxy), 'server_tokens off', accessLog(proxy)])}

    location ^~ /.well-known/acme-challenge/ {
        root ${challengeFolder};
        default_type text/plain;
    }

    location / {
        return 308 https://$host$request_uri;
    }
}

server {
${lines([...listens(proxy, ports(proxy).https, ...tlsListen(proxy)), ...http2(proxy), serverName(proxy), 'server_tokens off'])}

${lines([`ssl_certificate ${certificateOf(proxy).certificate}`, `ssl_certificate_key ${certificateOf(proxy).key}`, ...tlsLines(proxy.openssl)])}

    ${accessLog(proxy)};
    gzip off;

    # The application's own limit, to the byte.
    client_max_body_size ${proxy.bodyBytes};
    client_header_timeout 10s;
    client_body_timeout 15s;
    keepalive_timeout 75s;

${indent(closed(proxy) + routes(proxy), '    ')}
}
`

const lines = (directives: readonly string[]): string => directives.map((one) => `    ${one};`).join('\n')

/** Ports that an ordinary user may listen on; the stack publishes them as 80 and 443. */
const ports = ({ platform }: Proxy): { readonly http: number; readonly https: number } =>
  platform === 'compose' ? { http: 8080, https: 8443 } : { http: 80, https: 443 }

/** Containers of the stack have IPv4 only. */
const listens = ({ platform }: Proxy, port: number, ...words: readonly string[]): readonly string[] =>
  (platform === 'compose' ? [port] : [port, `[::]:${port}`]).map((one) => ['listen', one, ...words].join(' '))

const ownHttp2 = ({ nginx }: Proxy): boolean => versionAtLeast(nginx, '1.25.1')
const tlsListen = (proxy: Proxy): readonly string[] => (ownHttp2(proxy) ? ['ssl'] : ['ssl', 'http2'])
const http2 = (proxy: Proxy): readonly string[] => (ownHttp2(proxy) ? ['http2 on'] : [])

const serverName = ({ hosts }: Proxy): string => `server_name ${hosts.join(' ')}`

const accessLog = ({ platform, name }: Proxy): string => `access_log ${platform === 'compose' ? '/dev/stdout' : '/var/log/nginx/access.log'} ${name}_json`

const certificateOf = ({ certificate }: Proxy): { readonly certificate: string; readonly key: string } =>
  certificate ?? { certificate: '', key: '' }

/** nginx does not start when a name is longer than a row of its table. */
const nameTable = ({ hosts }: Proxy): string => (hosts.some((host) => host.length > 40) ? 'server_names_hash_bucket_size 512;\n\n' : '')

/** In the log no query and no header, for they may hold what is secret. */
const maps = (proxy: Proxy): string => `map $http_upgrade $${proxy.name}_connection {
    default upgrade;
    ''      ${keepsConnections(proxy) ? "''" : 'close'};
}

log_format ${proxy.name}_json escape=json
    '{"time":"$time_iso8601","client":"$remote_addr","host":"$host","method":"$request_method","path":"$uri",'
    '"protocol":"$server_protocol","status":"$status","bytes":"$body_bytes_sent","seconds":"$request_time",'
    '"upstream_seconds":"$upstream_response_time","request_id":"$sent_http_x_request_id"}';
`

/** A replaced container may get another address, so in the stack its name is asked again; nginx keeps no connections then. */
const keepsConnections = ({ platform, idleSeconds }: Proxy): boolean => platform === 'container' && idleSeconds > 0

const upstream = (proxy: Proxy): string =>
  proxy.platform === 'compose'
    ? `# A replaced container may get another address: Docker is asked again.
resolver 127.0.0.11 valid=5s ipv6=off;

`
    : `upstream ${proxy.name}_app {
    server ${proxy.upstream} max_fails=0;
${keepsConnections(proxy) ? `    # Shorter than the application's, or it would close connections under a request.\n    keepalive 32;\n    keepalive_timeout ${proxy.idleSeconds}s;\n` : ''}}

`

const closed = ({ closed: paths, prefix }: Proxy): string =>
  paths.length === 0
    ? ''
    : `# Not for the public.
location ~ ^${literal(prefix)}(${paths.map(literal).join('|')})(/|$) {
    return 404;
}

`

const routes = (proxy: Proxy): string =>
  proxy.prefix
    ? `# The application is told the prefix, and does not see it in paths.
location ${proxy.prefix}/ {
    rewrite ^${literal(proxy.prefix)}(/.*)$ $1 break;
${indent(proxied(proxy), '    ')}
}

location / {
    return 404;
}`
    : `location / {
${indent(proxied(proxy), '    ')}
}`

/** Headers are set, never appended to, so that no caller can name another address. */
const proxied = (proxy: Proxy): string => `${target(proxy)}
proxy_http_version 1.1;
proxy_set_header Host $host;
proxy_set_header X-Forwarded-For $remote_addr;
proxy_set_header X-Forwarded-Proto $scheme;
proxy_set_header X-Forwarded-Host $host;
proxy_set_header X-Real-IP $remote_addr;
proxy_set_header Forwarded '';
proxy_set_header Upgrade $http_upgrade;
proxy_set_header Connection $${proxy.name}_connection;
proxy_connect_timeout 5s;
# Longer than the application's, so that its own 504 is what callers get; and than the 20 s of its WebSocket pings.
proxy_send_timeout ${Math.max(30, proxy.waitSeconds)}s;
proxy_read_timeout ${Math.max(30, proxy.waitSeconds)}s;
# Nothing of requests and responses goes to the disk.
proxy_request_buffering off;
proxy_max_temp_file_size 0;
proxy_next_upstream off;`

const target = (proxy: Proxy): string =>
  proxy.platform === 'compose'
    ? `set $${proxy.name}_app ${proxy.upstream};
proxy_pass http://$${proxy.name}_app;`
    : `proxy_pass http://${proxy.name}_app;`
