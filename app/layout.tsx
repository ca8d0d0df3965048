import type { Metadata, Viewport } from 'next'
import type { ReactNode } from 'react'
import { mono, sans } from './fonts.ts'
import './globals.css'

export const metadata: Metadata = {
  title: 'Chassis Configurator',
  description:
    'Choose, see, check and download the deployment of a FastAPI Chassis service: Helm chart, manifests, Compose, workflows. Nothing leaves the page.',
}

export const viewport: Viewport = {
  width: 'device-width',
  initialScale: 1,
  themeColor: [
    { media: '(prefers-color-scheme: light)', color: '#ffffff' },
    { media: '(prefers-color-scheme: dark)', color: '#14181c' },
  ],
}

/** Runs before the first paint: the remembered theme, and whose names hotkeys have. */
const early = `(function(d){try{var t=localStorage.getItem('theme');if(t==='light'||t==='dark')d.dataset.theme=t}catch(e){}if(/Mac|iPhone|iPad/.test(navigator.platform))d.dataset.keys='mac'})(document.documentElement)`

export default function Layout({ children }: { children: ReactNode }) {
  return (
    <html lang="en" className={`${sans.variable} ${mono.variable}`} suppressHydrationWarning>
      <head>
        <script dangerouslySetInnerHTML={{ __html: early }} />
      </head>
      <body>{children}</body>
    </html>
  )
}
