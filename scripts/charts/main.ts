/** Renders every chart below the folders given with Helm and with us, and says where the two part. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { shellCommand } from '../../lib/text/shell.ts'
import { requireTool } from '../../testing/tools.ts'
import { compare, type Comparison } from './compare.ts'
import { subjectsBelow, type Subject } from './find.ts'
import { knobsAt } from './knobs.ts'
import { variation } from './vary.ts'

const atOnce = 4

const labels: Readonly<Record<Comparison['verdict'], string>> = {
  equal: 'equal',
  'equal refusal': 'not rendered by Helm, refused here with the same words',
  random: 'rendered differently by Helm from run to run, equal in the lines that stay',
  'no answer': 'Helm crashed or wanted a connection, not compared',
  different: 'different',
}

/** The words of each rendering, made when its turn comes, and a file that can be deleted if all is well. */
async function* renderings(subjects: readonly Subject[], variations: number, seed: string, folder: string): AsyncGenerator<{ words: readonly string[]; file: string }> {
  let written = 0
  for (const { chart, values } of subjects) {
    const given = values === undefined ? [] : ['-f', values]
    yield { words: ['rel', chart, ...given], file: '' }
    const knobs = variations > 0 ? await knobsAt(chart) : undefined
    for (let number = 0; knobs !== undefined && number < variations; number++) {
      const file = join(folder, `${++written}.yaml`)
      const { name, flags } = variation(knobs, `${seed} ${basename(chart)} ${basename(values ?? '')}`, number, file)
      yield { words: [name, chart, ...given, ...flags], file }
    }
  }
}

async function main(): Promise<number> {
  const { positionals: folders, values: options } = parseArgs({
    allowPositionals: true,
    options: { variations: { type: 'string', default: '0' }, seed: { type: 'string', default: '1' } },
  })
  const helm = requireTool('helm')
  if (helm === undefined || folders.length === 0) {
    console.error(helm === undefined ? 'no helm v4.1.4 here; set HELM_BIN' : 'npm run charts -- DIR… [--variations N] [--seed S]: name at least one folder')
    return 2
  }
  const variations = Number(options.variations)
  // Variations of a chart turn its subcharts' values, too.
  const subjects = folders.flatMap((folder) => subjectsBelow(resolve(process.env.INIT_CWD ?? '.', folder), variations === 0))
  const counts = new Map<Comparison['verdict'], number>()
  const folder = mkdtempSync(join(tmpdir(), 'chart-values-'))
  const queue = renderings(subjects, variations, options.seed, folder)
  const work = async (): Promise<void> => {
    for await (const { words, file } of queue) {
      const { verdict, reason, helm: theirs } = await compare(helm, words)
      const shown = shellCommand(words)
      counts.set(verdict, (counts.get(verdict) ?? 0) + 1)
      if (verdict === 'different') console.log(`different  ${shown}\n           ${reason}`)
      else if (file !== '') rmSync(file, { force: true })
      if (verdict === 'no answer') console.log(`no answer  ${shown}`)
      if (verdict === 'random') console.log(`random     ${shown}`)
      if (verdict === 'equal refusal') console.log(`refused    ${shown}: ${refusalOf(theirs.stderr)}`)
    }
  }
  await Promise.all(Array.from({ length: atOnce }, work))
  if (!counts.has('different')) rmSync(folder, { recursive: true })
  console.log(`\n${[...counts.values()].reduce((sum, count) => sum + count, 0)} renderings of ${new Set(subjects.map(({ chart }) => chart)).size} charts`)
  for (const [verdict, label] of Object.entries(labels)) console.log(`${String(counts.get(verdict as Comparison['verdict']) ?? 0).padStart(6)}  ${label}`)
  return counts.has('different') ? 1 : 0
}

const refusalOf = (stderr: string): string => (/^Error: (.*)$/m.exec(stderr)?.[1] ?? stderr).slice(0, 160)

process.exitCode = await main()
