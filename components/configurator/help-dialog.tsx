import { Dialog } from '../ui/dialog.tsx'
import { Kbd } from '../ui/kbd.tsx'

const keys: readonly (readonly [what: string, modified?: string, plain?: string])[] = [
  ['Find a setting', 'K'],
  ['Download the bundle', 'S'],
  ['Copy the link', 'Enter'],
  ['Undo', 'Z'],
  ['Redo', 'Shift Z'],
  ['Next problem', undefined, 'F8'],
  ['Previous problem', undefined, 'Shift F8'],
  ['Next part of the page', undefined, 'F6'],
  ['In the code: go through the lines', undefined, '↑ ↓'],
  ['In the code: why is this line here?', undefined, 'Enter'],
  ['This help', undefined, '?'],
]

export default function HelpDialog({ onClose }: { onClose: () => void }) {
  return (
    <Dialog title="Keyboard and help" onClose={onClose}>
      <dl className="keys">
        {keys.map(([what, modified, plain]) => (
          <div key={what}>
            <dt>{what}</dt>
            <dd>{modified ? <Kbd keys={modified} /> : <kbd>{plain}</kbd>}</dd>
          </div>
        ))}
      </dl>
      <ul className="help-notes">
        <li>Teal is yours: what you changed, and the lines that your last edit changed (~).</li>
        <li>
          The address bar always holds your configuration. Nothing is sent to a server: the part
          after # stays in the browser.
        </li>
        <li>
          The bundle holds deploy.config.yaml. Bring it back with Open… to change something later.
        </li>
        <li>Secrets have no value here, only a name and a place.</li>
      </ul>
    </Dialog>
  )
}
