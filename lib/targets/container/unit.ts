import type { Config } from '../../config/index.ts'
import { containerOf, machinePaths, unitOf } from '../../plan/index.ts'
import { systemdWord } from '../../text/systemd.ts'

/**
 * A systemd unit that keeps the container of this name running, whichever it is at the time. While
 * the deploy script changes containers the unit finds none for a moment, and tries again: the two
 * need to know nothing of each other, and the script needs no rights over systemd.
 */
export function unit(config: Config): string {
  const name = systemdWord(config['release.name'])
  const seconds = containerOf(config).stopGraceSeconds
  return `# Starts the container with the machine and after it has ended, instead of Docker's restart policy.
# ${machinePaths.dockerRun} makes the container and replaces it. Install it once:
#   sudo install -m 644 ${unitOf(config)} /etc/systemd/system/
#   sudo systemctl daemon-reload
#   sudo systemctl enable --now ${unitOf(config).replace(/^deploy\//, '')}

[Unit]
Description=The container of this deployment
Requires=docker.service
After=docker.service network-online.target
Wants=network-online.target
# However long there is no container, it is looked for again.
StartLimitIntervalSec=0

[Service]
Type=exec
ExecStart=/usr/bin/docker start --attach ${name}
ExecStop=-/usr/bin/docker stop -t ${seconds} ${name}
TimeoutStopSec=${seconds + 10}
Restart=always
RestartSec=2
# Docker keeps the log already: docker logs
StandardOutput=null
StandardError=null
# All that it needs is Docker's socket.
NoNewPrivileges=yes
CapabilityBoundingSet=
ProtectSystem=strict
ProtectHome=yes
PrivateTmp=yes
PrivateDevices=yes
RestrictAddressFamilies=AF_UNIX

[Install]
WantedBy=multi-user.target
`
}
