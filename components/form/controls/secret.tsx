import { Icon } from '../../ui/icon.tsx'

/** A secret has no value here, only a place where it lives. */
export function SecretNote({ id, places }: { id: string; places: readonly string[] }) {
  return (
    <div className="secret" id={id} tabIndex={-1}>
      {places.map((place) => (
        <span className="secret-place" key={place}>
          <Icon name="lock" />
          <code>
            {place
              .split(' / ')
              .flatMap((part, at) => (at === 0 ? [part] : [' / ', <wbr key={at} />, part]))}
          </code>
        </span>
      ))}
    </div>
  )
}
