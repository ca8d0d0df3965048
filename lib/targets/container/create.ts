import type { Config } from '../../config/index.ts'
import {
  containerOf,
  envFileOf,
  secretFilesOf,
  type Container,
  reachesMachine,
} from '../../plan/index.ts'
import { shellCommand } from '../../text/shell.ts'

/**
 * Everything that the plan decides about the container, as `docker run` is told, for a shell in
 * which \`$container\` is its name and the arguments are further options.
 */
export function createCommand(config: Config): string {
  const container = containerOf(config)
  const options: readonly (readonly string[])[] = [
    ['--stop-timeout', String(container.stopGraceSeconds)],
    ['--user', container.user],
    ['--read-only'],
    ...container.tmpfs.map((path) => [
      '--tmpfs',
      `${path}:rw,noexec,nosuid,nodev,size=${container.tmpfsSize}`,
    ]),
    ['--cap-drop', 'ALL'],
    ['--security-opt', 'no-new-privileges:true'],
    ['--pids-limit', String(container.pids)],
    ['--ulimit', `nofile=${container.openFiles}:${container.openFiles}`],
    ['--memory', container.memory],
    ['--cpus', container.cpus],
    ['--log-driver', 'json-file'],
    ['--log-opt', `max-size=${container.logMaxSize}`],
    ['--log-opt', `max-file=${container.logMaxFile}`],
    ...environmentOptions(config),
    ...dataOptions(container),
    ['--health-cmd', shellCommand(container.probe)],
    ['--health-interval', '10s'],
    ['--health-timeout', `${container.probeSeconds}s`],
    ['--health-retries', '3'],
    ['--health-start-period', '60s'],
    ...hostOptions(config),
  ]
  const lines = [
    'docker run --detach --name "$container" --network "$network" "$@"',
    ...options.map((words) => `  ${shellCommand(words)}`),
    '  "$image" >/dev/null',
  ]
  return lines.map((line) => `  ${line}`).join(' \\\n')
}

const environmentOptions = (config: Config): readonly (readonly string[])[] =>
  [envFileOf(config, 'container'), ...secretFilesOf(config, 'container')].map((path) => [
    '--env-file',
    path,
  ])

/** A named volume: it takes its owner from the image, which a directory of the machine would not. */
const dataOptions = ({ data }: Container): readonly (readonly string[])[] =>
  data ? [['--volume', `${data.volume}:${data.path}`]] : []

/** For a server on the machine itself, which Linux containers know by no name of its own. */
const hostOptions = (config: Config): readonly (readonly string[])[] =>
  reachesMachine(config, 'container')
    ? [['--add-host', 'host.docker.internal:host-gateway']]
    : []
