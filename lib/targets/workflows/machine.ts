import type { Config } from '../../config/index.ts'
import { machinePaths, uploadsOf, type MachinePlatform } from '../../plan/index.ts'
import { shellCommand } from '../../text/shell.ts'
import { always, checkInputs, checkout, demand, imageInputs, run } from './steps.ts'
import { deploymentFile } from './workflow.ts'

const names = { compose: 'Deploy the Compose stack', container: 'Deploy the container' } as const

/** Copies the files of a platform to the machine by OpenSSH and runs its script there, which rolls back by itself. */
export const machineWorkflow = (config: Config, platform: MachinePlatform): string =>
  deploymentFile(config, {
    name: names[platform],
    platform: 'machine',
    heading: `Copies the files to the machine and runs ${scriptOf(platform)} there.
Secrets of the environment: DEPLOY_HOST, DEPLOY_USER, DEPLOY_SSH_KEY, DEPLOY_KNOWN_HOSTS (lines of ssh-keyscan that
somebody compared with the machine's own keys), and DEPLOY_PORT unless it is 22.`,
    env: {
      DIRECTORY: config['vm.path'],
      IMAGE_NAME: [config['image.registry'], config['image.repository']].filter(Boolean).join('/'),
    },
    steps: [
      checkInputs,
      checkout,
      connect,
      run(
        'Copy the files',
        `[[ "$DIRECTORY" =~ ^/[A-Za-z0-9_./-]+$ ]]
tar --create --file - -- ${shellCommand(uploadsOf(config, platform))} |
  ssh -F "$RUNNER_TEMP/ssh/config" machine "mkdir -p -- '$DIRECTORY' && tar --extract --file - --directory '$DIRECTORY'"
`,
      ),
      run(
        'Deploy',
        `image=
if [[ -n "$IMAGE_DIGEST" ]]; then
  image="$IMAGE_NAME@$IMAGE_DIGEST"
elif [[ -n "$IMAGE_TAG" ]]; then
  image="$IMAGE_NAME:$IMAGE_TAG"
fi
[[ "$DIRECTORY" =~ ^/[A-Za-z0-9_./-]+$ && "$image" =~ ^[A-Za-z0-9._:/@-]*$ ]]
ssh -F "$RUNNER_TEMP/ssh/config" machine "cd -- '$DIRECTORY' && sh ${scriptOf(platform)} $image"
`,
        { env: imageInputs },
      ),
      run('Forget the key', 'rm -rf "$RUNNER_TEMP/ssh"\n', { if: always }),
    ],
  })

const scriptOf = (platform: MachinePlatform): string =>
  platform === 'compose' ? machinePaths.deployCompose : machinePaths.dockerRun

/** The key and the machine's own keys, in files that only this job reads; later steps need no secret. */
const connect = run(
  'Prepare the connection',
  `${demand(['DEPLOY_HOST', 'DEPLOY_USER', 'DEPLOY_SSH_KEY', 'DEPLOY_KNOWN_HOSTS'], 'secret')}if [[ ! "$DEPLOY_HOST" =~ ^[A-Za-z0-9._:-]+$ || ! "$DEPLOY_USER" =~ ^[A-Za-z0-9._-]+$ || ! "\${DEPLOY_PORT:-22}" =~ ^[0-9]+$ ]]; then
  echo '::error::DEPLOY_HOST, DEPLOY_USER or DEPLOY_PORT is not a host, a user or a port'
  exit 1
fi
umask 077
mkdir -p "$RUNNER_TEMP/ssh"
printf '%s\\n' "$DEPLOY_SSH_KEY" | tr -d '\\r' > "$RUNNER_TEMP/ssh/key"
printf '%s\\n' "$DEPLOY_KNOWN_HOSTS" | tr -d '\\r' > "$RUNNER_TEMP/ssh/known_hosts"
cat > "$RUNNER_TEMP/ssh/config" <<CONFIG
Host machine
  HostName $DEPLOY_HOST
  Port \${DEPLOY_PORT:-22}
  User $DEPLOY_USER
  IdentityFile "$RUNNER_TEMP/ssh/key"
  IdentitiesOnly yes
  UserKnownHostsFile "$RUNNER_TEMP/ssh/known_hosts"
  StrictHostKeyChecking yes
  BatchMode yes
  ConnectTimeout 15
  ServerAliveInterval 15
CONFIG
`,
  {
    env: {
      DEPLOY_HOST: '${{ secrets.DEPLOY_HOST }}',
      DEPLOY_USER: '${{ secrets.DEPLOY_USER }}',
      DEPLOY_PORT: '${{ secrets.DEPLOY_PORT }}',
      DEPLOY_SSH_KEY: '${{ secrets.DEPLOY_SSH_KEY }}',
      DEPLOY_KNOWN_HOSTS: '${{ secrets.DEPLOY_KNOWN_HOSTS }}',
    },
  },
)
