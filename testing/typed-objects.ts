import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import ts from 'typescript'

/** An object and the type that it is to be of: the module that declares it, and its name. */
export interface TypedObject {
  readonly from: string
  readonly type: string
  readonly value: unknown
}

/** What the compiler has against objects as literals of their types: fields that nobody knows, which an API server would drop in silence. */
export function misfits(groups: readonly (readonly TypedObject[])[]): readonly string[] {
  const folder = mkdtempSync(join(import.meta.dirname, '.typed-'))
  try {
    const files = groups.map((objects, index) => {
      const lines = objects.map(
        ({ from, type, value }, at) =>
          `export const object${at}: import('${from}').${type} = ${JSON.stringify(value)}`,
      )
      const file = join(folder, `group${index}.ts`)
      writeFileSync(file, lines.join('\n'))
      return file
    })
    const program = ts.createProgram(files, {
      module: ts.ModuleKind.ESNext,
      moduleResolution: ts.ModuleResolutionKind.Bundler,
      target: ts.ScriptTarget.ES2022,
      strict: true,
      skipLibCheck: true,
      noEmit: true,
      types: [],
    })
    return ts
      .getPreEmitDiagnostics(program)
      .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, ' '))
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
