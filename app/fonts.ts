import localFont from 'next/font/local'

export const sans = localFont({
  src: '../node_modules/@fontsource-variable/geist/files/geist-latin-wght-normal.woff2',
  weight: '100 900',
  display: 'swap',
  variable: '--font-sans',
  fallback: ['system-ui', 'sans-serif'],
})

// The fallback with matched metrics is in tokens.css: Next only knows one for proportional faces.
export const mono = localFont({
  src: '../node_modules/@fontsource-variable/jetbrains-mono/files/jetbrains-mono-latin-wght-normal.woff2',
  weight: '100 800',
  display: 'swap',
  variable: '--font-mono',
  adjustFontFallback: false,
  fallback: ['mono-fallback', 'monospace'],
})
