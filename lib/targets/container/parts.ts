import type { Config } from '../../config/index.ts'
import { containerOf } from '../../plan/index.ts'
import { shellCommand } from '../../text/shell.ts'

/** Functions of the scripts that deal with the container; they need `say` and `$timeout`. */
export const containerFunctions = (config: Config): string => `# exists NAME: that Docker cannot say it does not mean that there is none.
exists() {
  for try in 1 2 3; do
    if found=$(docker ps --all --quiet --filter "name=^/$1\$"); then
      [ -n "$found" ]
      return
    fi
    say "Docker does not say whether $1 exists (try $try of 3)"
    sleep 2
  done
  exit 1
}

# wait_ready NAME: until Docker calls it healthy and the application says that it lives and is ready.
wait_ready() {
  waited=0
  while [ "$waited" -lt "$timeout" ]; do
    state=$(docker inspect --format '{{.State.Status}} {{.State.Health.Status}}' "$1") || return 1
    case $state in
      'running healthy')
        docker exec "$1" ${shellCommand(containerOf(config).livenessProbe)} &&
          docker exec "$1" ${shellCommand(containerOf(config).probe)} &&
          return 0
        ;;
      exited* | dead* | restarting* | removing*) return 1 ;;
    esac
    sleep 2
    waited=$((waited + 2))
  done
  return 1
}
`
