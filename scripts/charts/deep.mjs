/** A thread with a large stack, for charts whose templates call each other without end. */
import { parentPort, workerData } from 'node:worker_threads'
import { tsImport } from 'tsx/esm/api'

const { deepest, template } = await tsImport('../../cli/template.ts', import.meta.url)
parentPort.postMessage(await template(workerData, deepest))
