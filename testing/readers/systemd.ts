import type { Tree } from './tree.ts'

/** A systemd unit: sections, keys, and the words of each value with quotes, `%%` and `$$` undone. Source: systemd.syntax(7), systemd.service(5). */
export function readUnit(text: string): Tree {
  const sections: Record<string, Tree[]> = {}
  let section: Tree[] | undefined
  for (const line of text.split('\n')) {
    if (line === '' || /^[#;]/.test(line)) continue
    const [, heading] = /^\[(\w+)\]$/.exec(line) ?? []
    const [, key, value] = /^([A-Za-z]+)=(.*)$/.exec(line) ?? []
    if (heading !== undefined) section = sections[heading] = []
    else if (key === undefined || section === undefined || line.endsWith('\\'))
      throw new Error(`unit: ${line}`)
    else section.push([key, /^Exec/.test(key) ? words(value as string) : (value as string)])
  }
  return sections
}

const words = (line: string): Tree =>
  [...line.matchAll(/"((?:\\.|[^"\\])*)"|(\S+)/g)].map(([, quoted, bare]) => {
    const word = quoted === undefined ? (bare as string) : quoted.replace(/\\(["\\])/g, '$1')
    if (/(?<!%)(%%)*%(?!%)/.test(word) || /(?<!\$)(\$\$)*\$(?!\$)/.test(word))
      throw new Error(`unit: ${word} is expanded`)
    return word.replaceAll('%%', '%').replaceAll('$$', '$')
  })
