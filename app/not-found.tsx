export default function NotFound() {
  return (
    <main className="not-found">
      <h1>There is no page here</h1>
      <p>
        The configurator has a single page, and your configuration is in its address after the #.
      </p>
      <p>
        {/* eslint-disable-next-line @next/next/no-html-link-for-pages -- a page of its own needs no router */}
        <a className="button primary" href="/">
          Go to the configurator
        </a>
      </p>
    </main>
  )
}
