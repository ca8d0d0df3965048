/** @type {import('next').NextConfig} */
const config = {
  output: 'export',
  trailingSlash: true,
  reactStrictMode: true,
  poweredByHeader: false,
  images: { unoptimized: true },
  turbopack: {
    // The package's default build evaluates text, which the Content-Security-Policy forbids.
    resolveAlias: { jszip: 'jszip/dist/jszip.min.js' },
  },
}

export default config
