import { Suspense, useMemo, type ReactNode, type RefObject } from 'react'
import type { Config } from '../../lib/config/index.ts'
import type { Sealing } from '../../lib/plan/index.ts'
import type { AskEngine } from '../engine/use-engine.ts'
import { later } from '../ui/later.ts'

const SealPanel = later(() => import('./seal-panel.tsx'))

/** The panel that seals values, on the page of the form that asks for them. */
export function useSealTool(
  sealing: Sealing | undefined,
  page: string,
  engine: AskEngine,
  config: RefObject<Config>,
): ReactNode {
  return useMemo(
    () =>
      sealing?.section === page && (
        <Suspense>
          <SealPanel
            sealing={sealing}
            write={async (sealed) => (await engine()).sealedFile(config.current, sealed)}
          />
        </Suspense>
      ),
    [sealing, page, engine, config],
  )
}
