import { settings } from '../config/index.ts'

export const dictionary = settings.map(({ path }) => `"${path}":`).join(',')
