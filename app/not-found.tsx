export default function NotFound() {
  return (
    <main className="not-found">
      <h1>There is no page here</h1>
      <p>
        The configurator has a single page, and your configuration is in its address after the #.
      </p>
      <p>
        <a className="button primary" href="/">
          Go to the configurator
        </a>
      </p>
    </main>
  )
}
