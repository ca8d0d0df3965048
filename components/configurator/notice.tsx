import { Icon } from '../ui/icon.tsx'

/** Something to tell, until it is dismissed. */
export interface Notice {
  readonly kind: 'problem' | 'news'
  readonly title: string
  readonly lines?: readonly string[]
}

export default function NoticeBar({ notice, onClose }: { notice: Notice; onClose: () => void }) {
  const { kind, title, lines = [] } = notice
  return (
    <div className={`notice ${kind}`}>
      <div className="notice-text">
        <strong>{title}</strong>
        {lines.length > 0 && (
          <ul>
            {lines.map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
        )}
      </div>
      <button type="button" className="ghost square" onClick={onClose} aria-label="Dismiss">
        <Icon name="close" />
      </button>
    </div>
  )
}
