/** Why there are no manifests, in Helm's own words. */
export function Refusal({ text }: { text: string }) {
  return (
    <div className="refusal" role="alert">
      <strong>Helm refuses this configuration.</strong>
      <span> The manifests are missing until it is changed; the other files are up to date.</span>
      <pre>{text}</pre>
    </div>
  )
}
