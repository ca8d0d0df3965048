import { Configurator } from '../components/configurator/configurator.tsx'
import { summaryOf } from '../components/engine/summary.ts'
import { mostTelling } from '../components/files/groups.ts'
import { defaults } from '../lib/config/index.ts'

/** The page as it is before any script runs: the defaults, rendered. */
export default function Page() {
  const { summary, texts } = summaryOf(defaults)
  const path = mostTelling(summary.paths) ?? ''
  return <Configurator summary={summary} open={{ path, text: texts.get(path) ?? '' }} />
}
