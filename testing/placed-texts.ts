import fc from 'fast-check'
import { check } from '../lib/checks/index.ts'
import { applies, type Config, type Path, type SettingValue } from '../lib/config/index.ts'
import { problemOf } from '../lib/config/schema.ts'
import type { TextFile } from '../lib/files/file.ts'
import { render } from '../lib/render.ts'
import { oneLine } from '../lib/text/line.ts'
import { anyHostileText, textSettings, type TextPlace, type TextSetting } from './hostile.ts'
import { difference, read, type Tree } from './readers/index.ts'

export interface Place {
  readonly setting: TextSetting
  readonly place: TextPlace
}

export interface Placed extends Place {
  readonly text: string
}

export const valueOf = ({ place, text }: Placed): SettingValue => place.value(text)

export const withTexts = (config: Config, placed: readonly Placed[]): Config => ({
  ...config,
  ...Object.fromEntries(placed.map((one) => [one.setting.path, valueOf(one)])),
})

/** Every place of every setting that applies, as far as its declaration takes its harmless text. */
export const placesIn = (config: Config): readonly Place[] =>
  textSettings
    .filter(({ path }) => applies(config, path))
    .flatMap((setting) => setting.places.map((place) => ({ setting, place })))
    .filter(
      (one) =>
        problemOf(one.setting.path, valueOf({ ...one, text: one.place.benign })) === undefined,
    )

const harmless = (placed: readonly Place[]): readonly Placed[] =>
  placed.map((one) => ({ ...one, text: one.place.benign }))

export const errorsOf = (config: Config) =>
  check(config).filter(({ severity }) => severity === 'error')

/** Where a text goes: which of the places, whether of those that take any line only, and whether in the shape that its setting wants. */
const anyChoice = fc.record({
  at: fc.nat(9999),
  strict: fc.integer({ min: 0, max: 3 }).map((one) => one === 0),
  shaped: fc.boolean(),
  text: anyHostileText,
})

export const anyChoices = fc.array(anyChoice, { minLength: 1, maxLength: 60, size: 'max' })
type Choice = typeof anyChoice extends fc.Arbitrary<infer T> ? T : never

/** The texts of some choices among places, at most one for a setting. */
export function placedBy(choices: readonly Choice[], all: readonly Place[]): readonly Placed[] {
  const free = all.filter(({ setting }) => setting.free)
  const placed = new Map<Path, Placed>()
  for (const { at, strict, shaped, text } of choices) {
    const among = strict ? all : free
    const { setting, place } = among[at % among.length] as Place
    const one = { setting, place, text: shaped ? place.shape(text) : text }
    if (!meansMore(one)) placed.set(setting.path, one)
  }
  return [...placed.values()]
}

/** Texts that are meant to come out as something else than they are. */
function meansMore({ setting: { path, field }, text }: Placed): boolean {
  // A label takes less than a tag does; the chart cuts it to what a label takes.
  if (path === 'image.tag') return text.length > 63 || !/[A-Za-z0-9]$/.test(text)
  // nginx takes no dashes in the names that are made of it.
  if (path === 'release.name') return text.includes('-')
  // With or without the last slash, it is the same prefix.
  if (path === 'app.rootPath') return text.endsWith('/')
  // These are templates, says their help; a mistake in one is Helm's to refuse.
  if (path === 'extraObjects' && text.includes('{{')) return true
  // What Kubernetes replaces in its own structures is its owner's wish.
  return field.kind === 'yaml' && /\$[($]/.test(text)
}

/** Sets aside what a check refuses until nothing is refused; `refused` has the reasons. Errors that harmless texts in the same places have too, at other settings, are not of the texts. */
export function accepted(
  context: Config,
  placed: readonly Placed[],
): { readonly kept: readonly Placed[]; readonly refused: ReadonlyMap<Path, string> } {
  const refused = new Map<Path, string>()
  let kept = placed
  for (;;) {
    const placedAt = new Set(kept.map(({ setting }) => setting.path))
    const before = new Set(
      errorsOf(withTexts(context, harmless(kept))).map(({ path, message }) => `${path} ${message}`),
    )
    const errors = errorsOf(withTexts(context, kept)).filter(
      ({ path, message }) => placedAt.has(path) || !before.has(`${path} ${message}`),
    )
    if (errors.length === 0) return { kept, refused }
    for (const { path, message } of errors) refused.set(path, message)
    const next = kept.filter(({ setting }) => !refused.has(setting.path))
    if (next.length === kept.length)
      throw new Error(
        `refused at other settings than those that were changed: ${JSON.stringify(errors)}`,
      )
    kept = next
  }
}

/** The files of a configuration, without the chart, which is the same for all, and the single manifests, which stand in one file besides. */
function filesOf(config: Config): readonly TextFile[] {
  const { files, refusal } = render(config)
  if (refusal !== undefined) throw new Error(`no check says it, and Helm refuses: ${refusal}`)
  return files.filter(
    ({ path }) =>
      !path.startsWith('chart/') &&
      (!path.startsWith('manifests/') || path === 'manifests/all.yaml'),
  )
}

/** What the files are read as, by path. */
const readAll = (config: Config): ReadonlyMap<string, Tree> =>
  new Map(
    filesOf(config).map((file) => {
      try {
        return [file.path, read(file)]
      } catch (error) {
        throw new Error(`${file.path}: ${(error as Error).message}`)
      }
    }),
  )

/** Helm sorts objects by kind and name, which may be among the texts. */
const inOneOrder = (path: string, tree: Tree): Tree =>
  /^(manifests|gitops)\//.test(path) && Array.isArray(tree)
    ? [...tree].sort((left, right) => (JSON.stringify(left) < JSON.stringify(right) ? -1 : 1))
    : tree

type Exchange = readonly (readonly [from: string, to: string])[]

/** The same tree with other texts in the places of the harmless ones. */
function exchanged(tree: Tree, texts: Exchange): Tree {
  if (typeof tree === 'string')
    return texts.reduce((text, [from, to]) => text.replaceAll(from, () => to), tree)
  if (Array.isArray(tree)) return tree.map((one) => exchanged(one as Tree, texts))
  if (typeof tree !== 'object' || tree === null) return tree
  return Object.fromEntries(
    Object.entries(tree).map(([key, value]) => [
      exchanged(key, texts) as string,
      exchanged(value as Tree, texts),
    ]),
  )
}

/** A file is named without the folder, too, where both are in it. */
function withoutFolder(from: string, to: string): Exchange {
  const folder = /^.*\//.exec(from)?.[0] ?? ''
  return folder.length > 1 && to.startsWith(folder)
    ? [[from.slice(folder.length), to.slice(folder.length)]]
    : []
}

const foundBy = (config: Config): string =>
  check(config)
    .map(({ id }) => id)
    .join(' ')

/** Where a file with these texts is anything but what it is with harmless ones in their places; undefined where none is. */
export function strays(context: Config, placed: readonly Placed[]): string | undefined {
  const usual = readAll(withTexts(context, harmless(placed)))
  const found = readAll(withTexts(context, placed))
  const texts: Exchange = placed.flatMap(({ place, text }) => [
    [place.benign, text],
    ...withoutFolder(place.benign, text),
  ])
  const shown: Exchange = texts.map(([from, to]) => [from, oneLine(to)])
  const paths = difference(
    [...usual.keys()].map((path) => exchanged(path, texts)),
    [...found.keys()],
    'files',
  )
  if (paths !== undefined) return paths
  const sameFindings =
    foundBy(withTexts(context, harmless(placed))) === foundBy(withTexts(context, placed))
  for (const [path, tree] of usual) {
    // Warnings depend on values, and each is a line of the checklist.
    if (path === 'CHECKLIST.md' && !sameFindings) continue
    const name = exchanged(path, texts) as string
    // Markdown is for people: what has no shape there is shown as a blank.
    const [before, after] = [
      exchanged(tree, name.endsWith('.md') ? shown : texts),
      found.get(name) as Tree,
    ].map((one) => inOneOrder(name, one))
    const differs = difference(before as Tree, after as Tree, name)
    if (differs !== undefined) return differs
  }
  return undefined
}
