const most = 64
const known = new Map<string, unknown>()

/**
 * What `make` makes of a seed, or what it made the last time. A page renders a chart at every
 * keystroke with the same draws, and a key takes long.
 */
export function remembered<Made>(kind: string, seed: Uint8Array | string, make: () => Made): Made {
  const key = `${kind} ${seed.toString()}`
  const made = known.has(key) ? (known.get(key) as Made) : make()
  // What was asked for last is forgotten last.
  known.delete(key)
  known.set(key, made)
  if (known.size > most) known.delete(known.keys().next().value!)
  return made
}
