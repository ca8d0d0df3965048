import { attempt } from '../../go/attempt.ts'
import { quote } from '../../go/quote.ts'
import { GoError } from '../../go/value.ts'

/** Throws `GoError` unless a text is the address that may stand in brackets in a URL: one of IPv6. */
export function checkIpLiteral(text: string): void {
  attempt(() => checkAddress(text), ({ message }) => {
    throw new GoError(`invalid host: ${message}`)
  })
  if (!/^[^.%]*:/.test(text)) throw new GoError('invalid IP-literal')
}

/** Throws `GoError` unless a text is an address of IPv4 or IPv6. Source: Go netip, ParseAddr. */
export function checkAddress(text: string): void {
  const first = /[.:%]/.exec(text)?.[0]
  if (first === ':') return checkSix(text)
  if (first !== '.') throw fault(text, first === '%' ? 'missing IPv6 address' : 'unable to parse IP')
  checkFour(text, text)
}

const fault = (text: string, problem: string, at = ''): GoError => new GoError(`ParseAddr(${quote(text)}): ${problem}${at && ` (at ${quote(at)})`}`)

function checkFour(whole: string, text: string): void {
  let value = ''
  let fields = 0
  for (const [at, char] of [...text].entries()) {
    if (/\d/.test(char)) {
      if (value === '0') throw fault(whole, 'IPv4 field has octet with leading zero')
      value += char
      if (Number(value) > 255) throw fault(whole, 'IPv4 field has value >255')
    } else if (char === '.') {
      if (value === '' || at === text.length - 1) throw fault(whole, 'IPv4 field must have at least one digit', text.slice(at))
      if (++fields > 3) throw fault(whole, 'IPv4 address too long')
      value = ''
    } else throw fault(whole, 'unexpected character', text.slice(at))
  }
  if (fields < 3) throw fault(whole, 'IPv4 address too short')
}

function checkSix(whole: string): void {
  const fail = (problem: string, at?: string): GoError => fault(whole, problem, at)
  const zone = whole.indexOf('%')
  if (zone >= 0 && zone === whole.length - 1) throw fail('zone must be a non-empty string')
  let rest = zone < 0 ? whole : whole.slice(0, zone)
  let isShortened = rest.startsWith('::')
  if (isShortened) rest = rest.slice(2)
  if (isShortened && rest === '') return
  let fields = 0
  while (fields < 8) {
    const digits = /^[\da-fA-F]*/.exec(rest)![0]
    if (digits.length > 4) throw fail('each group must have 4 or less digits', rest)
    if (digits === '') throw fail('each colon-separated field must have at least one digit', rest)
    if (rest[digits.length] === '.') {
      if (!isShortened && fields !== 6) throw fail('embedded IPv4 address must replace the final 2 fields of the address', rest)
      if (fields > 6) throw fail('too many hex fields to fit an embedded IPv4 at the end of the address', rest)
      checkFour(whole, rest)
      rest = ''
      fields += 2
      break
    }
    fields++
    rest = rest.slice(digits.length)
    if (rest === '') break
    if (!rest.startsWith(':')) throw fail('unexpected character, want colon', rest)
    if (rest === ':') throw fail('colon must be followed by more characters', rest)
    rest = rest.slice(1)
    if (!rest.startsWith(':')) continue
    if (isShortened) throw fail('multiple :: in address', rest)
    isShortened = true
    rest = rest.slice(1)
    if (rest === '') break
  }
  if (rest !== '') throw fail('trailing garbage after address', rest)
  if (fields < 8 && !isShortened) throw fail('address string too short')
  if (fields === 8 && isShortened) throw fail('the :: must expand to at least one field of zeros')
}
