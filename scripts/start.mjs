/** `npm start`: installs what is missing, builds, and serves on http://127.0.0.1:3000 (or PORT). */
import { bin, build, installPackages, run } from './setup.mjs'

installPackages()
build()
run(bin('tsx'), ['scripts/serve.ts'])
