/** A hotkey in the words of the visitor's machine; names of buttons do not contain it. */
export function Kbd({ keys, pc = keys }: { keys: string; pc?: string }) {
  return (
    <kbd aria-hidden="true">
      <span className="on-mac">⌘{keys}</span>
      <span className="on-pc">Ctrl {pc}</span>
    </kbd>
  )
}
