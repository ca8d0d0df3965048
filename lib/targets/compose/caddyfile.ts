import type { Config } from '../../config/index.ts'
import { containerOf, readinessSeconds } from '../../plan/index.ts'

/** Public names that Caddy can serve; others are refused by a check and cannot get into the file. */
const servableHosts = (config: Config): readonly string[] =>
  config['public.hosts'].filter((host) =>
    /^(\*\.)?[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/.test(host),
  )

const servableEmail = (config: Config): string =>
  /^[A-Za-z0-9._%+-]+@[A-Za-z0-9.-]+$/.test(config['proxy.email']) ? config['proxy.email'] : ''

/** What is for those who run the service, not for its callers. */
const privatePaths = [
  '/metrics',
  '/metrics/*',
  '/openapi.json',
  '/docs',
  '/docs/*',
  '/redoc',
  '/redoc/*',
]

/**
 * Caddy in front of the application. It gets certificates, sets X-Forwarded-For and -Proto itself
 * whatever the caller sent, passes the Host on, and leaves HSTS to the application. Source: Caddy 2's manual.
 */
export function caddyfile(config: Config): string {
  const hosts = servableHosts(config)
  return `${globals(config)}
# Asked by the container's own health check; not reachable from outside.
http://127.0.0.1:2020 {
	bind 127.0.0.1
	respond 200
}

${hosts.length > 0 ? hosts.join(', ') : ':80'} {
${indent(site(config))}
}
`
}

/** Every timeout lies above the application's, so that its own 504 is what callers get. */
const globals = (config: Config): string => `{
	admin off
${servableEmail(config) ? `	email ${servableEmail(config)}\n` : ''}	grace_period ${config['app.requestTimeout'] + 5}s
	servers {
		timeouts {
			read_header 10s
			read_body ${config['app.requestTimeout'] + 5}s
			idle 2m
		}
	}
}
`

function site(config: Config): string {
  const prefix = config['app.rootPath'].replace(/\/+$/, '')
  if (!/^(\/[A-Za-z0-9_.~-]+)+$/.test(prefix)) return proxied(config)
  return `# The application is told the prefix, and does not see it in paths.
handle_path ${prefix}/* {
${indent(proxied(config))}
}
handle {
	respond 404
}`
}

function proxied(config: Config): string {
  const { port } = containerOf(config)
  const idle =
    config['app.keepAliveTimeout'] > 5
      ? `keepalive ${config['app.keepAliveTimeout'] - 5}s`
      : 'keepalive off'
  return `request_body {
	max_size ${config['security.maxRequestBodyBytes']}
}

# Not for the public. Take a path out of this list to publish it.
@private path ${privatePaths.join(' ')}
respond @private 404

reverse_proxy app:${port} {
	# A caller waits while the application is replaced, instead of getting a 502.
	lb_try_duration 20s
	lb_try_interval 250ms
	health_uri ${urlPath(config['app.readinessCheckPath'], '/ready')}
	health_interval 5s
	health_timeout ${readinessSeconds(config)}s
	health_headers {
		Host localhost
	}
	transport http {
		dial_timeout 5s
		response_header_timeout ${config['app.requestTimeout'] + 5}s
		# Shorter than the application's, or it would close connections under a request.
		${idle}
	}
}`
}

const urlPath = (path: string, otherwise: string): string =>
  /^\/[A-Za-z0-9/_.~-]*$/.test(path) ? path : otherwise

const indent = (text: string): string => text.replace(/^(?=.)/gm, '\t')
