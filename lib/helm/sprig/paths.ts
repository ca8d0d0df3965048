import { func } from '../../go/value.ts'

/** The shortest path that means the same (path, Clean). */
function clean(path: string): string {
  const rooted = path.startsWith('/')
  const parts: string[] = []
  for (const part of path.split('/')) {
    if (part === '' || part === '.') continue
    if (part !== '..') parts.push(part)
    else if (parts.length && parts.at(-1) !== '..') parts.pop()
    else if (!rooted) parts.push('..')
  }
  return (rooted ? '/' : '') + parts.join('/') || '.'
}

function base(path: string): string {
  if (!path) return '.'
  const bare = path.replace(/\/+$/, '')
  return bare ? bare.slice(bare.lastIndexOf('/') + 1) : '/'
}

const dir = (path: string): string => clean(path.slice(0, path.lastIndexOf('/') + 1))

const ext = (path: string): string => /\.[^./]*$/.exec(path)?.[0] ?? ''

export const paths = {
  base: func(['string'], base),
  dir: func(['string'], dir),
  clean: func(['string'], clean),
  ext: func(['string'], ext),
  isAbs: func(['string'], path => path.startsWith('/')),
  osBase: func(['string'], base),
  osDir: func(['string'], dir),
  osClean: func(['string'], clean),
  osExt: func(['string'], ext),
  osIsAbs: func(['string'], path => path.startsWith('/')),
}
