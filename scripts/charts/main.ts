/** Renders every chart below the folders given with Helm and with us, and says where the two part. */
import { resolve } from 'node:path'
import { requireTool } from '../../testing/tools.ts'
import { compare, type Comparison } from './compare.ts'
import { subjectsBelow, type Subject } from './find.ts'

const atOnce = 4

const labels: Readonly<Record<Comparison['verdict'], string>> = {
  equal: 'equal',
  'equal refusal': 'not rendered by Helm, refused here with the same words',
  random: 'rendered differently by Helm from run to run, equal in the lines that stay',
  'no answer': 'Helm crashed or wanted a connection, not compared',
  different: 'different',
}

const shown = ({ chart, values }: Subject): string => (values === undefined ? chart : `${chart} -f ${values}`)

async function main(folders: readonly string[]): Promise<number> {
  const helm = requireTool('helm')
  if (helm === undefined || folders.length === 0) {
    console.error(helm === undefined ? 'no helm v4.1.4 here; set HELM_BIN' : 'npm run charts -- DIR…: name at least one folder')
    return 2
  }
  const subjects = folders.flatMap((folder) => subjectsBelow(resolve(process.env.INIT_CWD ?? '.', folder)))
  const counts = new Map<Comparison['verdict'], number>()
  const queue = subjects.values()
  const work = async (): Promise<void> => {
    for (const subject of queue) {
      const { verdict, reason, helm: theirs } = await compare(helm, subject)
      counts.set(verdict, (counts.get(verdict) ?? 0) + 1)
      if (verdict === 'different') console.log(`different  ${shown(subject)}\n           ${reason}`)
      if (verdict === 'no answer') console.log(`no answer  ${shown(subject)}`)
      if (verdict === 'random') console.log(`random     ${shown(subject)}`)
      if (verdict === 'equal refusal') console.log(`refused    ${shown(subject)}: ${refusalOf(theirs.stderr)}`)
    }
  }
  await Promise.all(Array.from({ length: atOnce }, work))
  console.log(`\n${subjects.length} renderings of ${new Set(subjects.map(({ chart }) => chart)).size} charts`)
  for (const [verdict, label] of Object.entries(labels)) console.log(`${String(counts.get(verdict as Comparison['verdict']) ?? 0).padStart(6)}  ${label}`)
  return counts.has('different') ? 1 : 0
}

const refusalOf = (stderr: string): string => (/^Error: (.*)$/m.exec(stderr)?.[1] ?? stderr).slice(0, 160)

process.exitCode = await main(process.argv.slice(2))
