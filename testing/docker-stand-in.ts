import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Machine } from './scripts.ts'

/** A container as the stand-in knows it. */
export interface Container {
  readonly image: string
  readonly running: boolean
  /** Whether it is healthy and ready when it runs. */
  readonly good: boolean
}

/** What the stand-in remembers, and what it was told to do. */
export interface DockerState {
  /** Containers by name; the services of a stack are containers too. */
  readonly containers: Readonly<Record<string, Container>>
  readonly networks: Readonly<Record<string, string>>
  /** Images that do not become ready. */
  readonly bad: readonly string[]
  /** The command, by its beginning, at which it fails, or sends SIGTERM to the script that called it. */
  readonly failAt?: string
  readonly interruptAt?: string
  /** Every call: its arguments, `APP_IMAGE`, and what `deploy/app.env` held. */
  readonly calls: readonly {
    readonly args: string
    readonly image: string
    readonly file: string
  }[]
}

const empty: DockerState = { containers: {}, networks: {}, bad: [], calls: [] }

export const setDocker = ({ folder }: Machine, state: Partial<DockerState>): void =>
  writeFileSync(join(folder, '../state.json'), JSON.stringify({ ...empty, ...state }))

export const dockerOf = ({ folder }: Machine): DockerState => {
  const file = join(folder, '../state.json')
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : empty
}

/** Stand-ins for PATH: a `docker` that remembers what it is told, and a `sleep` that does not wait. */
export const dockerStandIn: Readonly<Record<string, string>> = {
  sleep: '#!/bin/sh\n',
  docker: `#!/usr/bin/env node
const fs = require('node:fs')
const path = process.env.STATE
const state = fs.existsSync(path) ? JSON.parse(fs.readFileSync(path, 'utf8')) : ${JSON.stringify(empty)}
const args = process.argv.slice(2)
const { containers, networks } = state
const read = (file) => (fs.existsSync(file) ? fs.readFileSync(file, 'utf8') : '')

let words = args
if (args[0] === 'compose' && args[1] === '--project-name') {
  words = args.slice(3)
  while (words[0] === '--file') words = words.slice(2)
  words = ['compose', ...words]
}
const call = words.join(' ')
state.calls.push({ args: args.join(' '), image: process.env.APP_IMAGE || '', file: read('deploy/app.env') })

const end = (status, output) => {
  fs.writeFileSync(path, JSON.stringify(state))
  if (output) process.stdout.write(output + '\\n')
  process.exit(status)
}
const here = (name) => containers[name] || end(1)
const last = words[words.length - 1]

const now = (rule) => Boolean(rule) && call.startsWith(rule)
if (now(state.failAt)) end(1)

function obey() {
  switch (words[0]) {
    case 'network':
      if (words[1] === 'create') networks[last] = words[words.indexOf('--subnet') + 1]
      else if (!networks[last]) return end(1)
      else return networks[last]
      return
    case 'container': return void here(last)
    case 'run': {
      const name = words[words.indexOf('--name') + 1]
      if (containers[name]) return end(125)
      containers[name] = { image: last, running: true, good: !state.bad.includes(last) }
      return
    }
    case 'rename':
      if (containers[words[2]]) return end(1)
      containers[words[2]] = here(words[1])
      delete containers[words[1]]
      return
    case 'stop': here(last).running = false; return
    case 'start': here(last).running = true; return
    case 'rm': here(last); delete containers[last]; return
    case 'exec': return here(words[1]).good ? undefined : end(1)
    case 'inspect': {
      const { image, running, good } = here(last)
      return words[2] === '{{.Image}}' ? 'id-of-' + image : (running ? 'running ' : 'exited ') + (good ? 'healthy' : 'unhealthy')
    }
    case 'tag': state.bad = state.bad.filter((one) => one !== words[2]); return
    case 'compose': return compose(words.slice(1))
  }
}

function compose([command, ...rest]) {
  if (command === 'ps') return containers.app && containers.app.running ? 'app' : ''
  if (command === 'stop') { here('app').running = false; return }
  if (command === 'up') {
    const image = process.env.APP_IMAGE || 'configured'
    const good = !state.bad.includes(image) && !read('deploy/app.env').includes('BAD')
    containers.app = { image, running: true, good }
    if (!good) return end(1)
  }
  if (command === 'exec' && !here('app').good) return end(1)
}

const output = obey()
if (now(state.interruptAt)) {
  fs.writeFileSync(path, JSON.stringify({ ...state, interruptAt: undefined }))
  process.kill(process.ppid, 'SIGTERM')
  process.exit(0)
}
end(0, output)
`,
}
