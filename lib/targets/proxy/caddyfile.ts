import type { Proxy } from '../../plan/index.ts'
import { indent } from './text.ts'

/**
 * Caddy in front of the application. It sets X-Forwarded-For, -Proto and -Host itself whatever the
 * caller sent, speaks TLS 1.2 and 1.3 with the ciphers of Mozilla's intermediate list, passes the
 * Host on, and leaves HSTS to the application. Source: Caddy 2's manual; it is read by 2.6 and newer.
 */
export const caddyfile = (proxy: Proxy): string => `${globals(proxy)}
${proxy.platform === 'compose' ? healthSite : ''}# Plain HTTP only leads to HTTPS.
${proxy.hosts.map((host) => `http://${host}`).join(', ')} {
	redir https://{host}{uri} 308
}

# Other names are no business of this machine: the connection ends.
http://, https:// {
	abort
}

${proxy.hosts.map((host) => `https://${host}`).join(', ')} {
${indent(site(proxy))}
}
`

/**
 * Every timeout lies above the application's, so that its own 504 is what callers get. Where the proxy
 * changes over it has its interface, which only its own container reaches, to have the file read again.
 */
const globals = ({ contact, waitSeconds, changesOver }: Proxy): string => `{
	${changesOver ? 'admin localhost:2019' : 'admin off'}
	# Redirections are written out below.
	auto_https disable_redirects
${contact ? `	email ${contact}\n` : ''}	grace_period ${waitSeconds}s
	servers {
		timeouts {
			read_header 10s
			read_body ${waitSeconds}s
			idle 2m
		}
	}
}
`

const healthSite = `# Asked by the container's own health check; not reachable from outside.
http://127.0.0.1:2020 {
	bind 127.0.0.1
	respond 200
}

`

const site = (proxy: Proxy): string => `${proxy.certificate ? `tls ${proxy.certificate.certificate} ${proxy.certificate.key}\n\n` : ''}${accessLog}

${proxy.prefix ? underPrefix(proxy) : proxied(proxy)}`

/** What callers put behind a question mark, and most of their headers, may be secret. */
const accessLog = `log {
	output stdout
	format filter {
		wrap json
		fields {
			request>uri regexp \\?.* ""
			request>headers delete
			resp_headers delete
		}
	}
}`

const underPrefix = (proxy: Proxy): string => `# The application is told the prefix, and does not see it in paths.
handle_path ${proxy.prefix}/* {
${indent(proxied(proxy))}
}
handle {
	respond 404
}`

const proxied = (proxy: Proxy): string => `# The application's own limit, to the byte; what says its length is refused before it is read.
@large expression \`{header.Content-Length} != "" && int({header.Content-Length}) > ${proxy.bodyBytes}\`
respond @large 413
request_body {
	max_size ${proxy.bodyBytes}
}
${closed(proxy)}
reverse_proxy ${proxy.upstream} {
	header_up X-Real-IP {remote_host}
	header_up -Forwarded
	# A caller waits while the application is replaced, instead of getting a 502.
	lb_try_duration 20s
	lb_try_interval 250ms
	health_uri ${proxy.health.path}
	health_interval 5s
	health_timeout ${proxy.health.seconds}s
	health_headers {
		Host ${proxy.health.host}
	}
	transport http {
		dial_timeout 5s
		response_header_timeout ${proxy.waitSeconds}s
		# Shorter than the application's, or it would close connections under a request.
		${proxy.idleSeconds > 0 ? `keepalive ${proxy.idleSeconds}s` : 'keepalive off'}
	}
}`

const closed = ({ closed: paths }: Proxy): string =>
  paths.length === 0
    ? ''
    : `
# Not for the public.
@private path ${paths.flatMap((path) => [path, `${path}/*`]).join(' ')}
respond @private 404
`
