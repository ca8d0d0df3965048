'use client'

export default function GlobalError() {
  return (
    <html lang="en">
      <body>
        <main className="not-found">
          <h1>Something went wrong</h1>
          <p>Your configuration is still in the address after the #. Reload the page to go on.</p>
        </main>
      </body>
    </html>
  )
}
