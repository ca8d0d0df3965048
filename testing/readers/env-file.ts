/** An env file as Docker's `opts.ParseEnvFile` reads it: bytes to the end of the line, blanks before the name skipped. */
export const readByDocker = (text: string): Readonly<Record<string, string>> =>
  Object.fromEntries(
    text
      .replace(/^\ufeff/, '')
      .split('\n')
      .map((line) => line.replace(/\r$/, '').trimStart())
      .filter((line) => line !== '' && !line.startsWith('#'))
      .map((line) => {
        const at = line.indexOf('=')
        const name = line.slice(0, at)
        if (at < 1 || /\s/.test(name)) throw new Error(`no variable: ${line}`)
        return [name, line.slice(at + 1)]
      }),
  )

/** As compose-go's dotenv reads it; what it would expand is refused, for Docker would not. */
export const readByCompose = (text: string): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(readByDocker(text)).map(([name, value]) => {
      if (/^["']/.test(value)) throw new Error(`${name} is quoted, which Docker does not undo`)
      if (value.includes('$')) throw new Error(`${name} is expanded by Compose`)
      return [name, (value.split(/\s#/)[0] as string).replace(/^#.*/, '').trim()]
    }),
  )
