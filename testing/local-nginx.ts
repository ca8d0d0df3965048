import { spawnSync } from 'node:child_process'
import type { Patch } from '../lib/config/index.ts'

/** The versions of an nginx and of the OpenSSL that it runs with, as settings. */
export function versionsOf(nginx: string): Patch {
  const { stderr } = spawnSync(nginx, ['-V'], { encoding: 'utf8' })
  const running = /running with OpenSSL ([0-9.]+)/.exec(stderr) ?? /built with OpenSSL ([0-9.]+)/.exec(stderr)
  return { 'proxy.nginxVersion': /nginx\/([0-9.]+)/.exec(stderr)?.[1] ?? '1.22.1', 'proxy.opensslVersion': running?.[1] ?? '3.0' }
}

/** Where an nginx of the tests listens and writes. */
export interface Place {
  readonly folder: string
  readonly http: number
  readonly https: number
  readonly health: number
  readonly certificate: string
  readonly key: string
  readonly upstream: string
}

/** A generated file for an nginx that runs beside others on loopback: ports, paths and the upstream's address are replaced, and nothing else. */
export function placed(text: string, { folder, http, https, health, certificate, key, upstream }: Place): string {
  const whole = /^http \{/m.test(text)
    ? text
    : `pid ${folder}/nginx.pid;\nevents {}\nhttp {\nclient_body_temp_path ${folder}/body;\nproxy_temp_path ${folder}/proxy;\nfastcgi_temp_path ${folder}/fastcgi;\nuwsgi_temp_path ${folder}/uwsgi;\nscgi_temp_path ${folder}/scgi;\n${text}}\n`
  return whole
    .replace(/^ *listen \[::\].*\n/gm, '')
    .replace(/listen (80|8080)\b/g, `listen 127.0.0.1:${http}`)
    .replace(/listen (443|8443)\b/g, `listen 127.0.0.1:${https}`)
    .replace('127.0.0.1:2020', `127.0.0.1:${health}`)
    .replace(/ \/tmp\/(nginx\.pid|body|proxy|fastcgi|uwsgi|scgi);/g, ` ${folder}/$1;`)
    .replaceAll(/\/var\/log\/nginx\/access.log|\/dev\/stdout/g, `${folder}/access.log`)
    .replace(/ssl_certificate \S+;/g, `ssl_certificate ${certificate};`)
    .replace(/ssl_certificate_key \S+;/g, `ssl_certificate_key ${key};`)
    .replace(/(set \$\w+_app) \S+;/g, `$1 ${upstream};`)
}
