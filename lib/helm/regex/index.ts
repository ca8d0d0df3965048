import type { Func } from '../../go/value.ts'
import { keeping, regexFunctions } from '../sprig/regex.ts'
import { compileLinear } from './linear.ts'
import { compilePlain } from './plain.ts'

const compile = keeping((pattern) => compilePlain(pattern) ?? compileLinear(pattern))

/** The functions of regular expressions by RE2. */
export const functions = (): Readonly<Record<string, Func>> => regexFunctions(compile)
