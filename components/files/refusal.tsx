/** Why there are no manifests, in Helm's own words. */
export function Refusal({ text }: { text: string }) {
  return (
    <div className="refusal" role="status">
      <strong>Helm refuses this configuration.</strong>
      <span> The manifests stay as they were before, and the bundle leaves them out.</span>
      <pre>{text}</pre>
    </div>
  )
}
