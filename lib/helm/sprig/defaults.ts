import { deepEqual, kindOf, typeOf } from '../../go/kinds.ts'
import { func } from '../../go/value.ts'
import { isEmpty } from './convert.ts'

export const defaults = {
  default: func(['any', '...any'], (fallback, ...given) => (isEmpty(given[0]) ? fallback : given[0])),
  empty: func(['any'], isEmpty),
  coalesce: func(['...any'], (...values) => values.find(value => !isEmpty(value)) ?? null),
  all: func(['...any'], (...values) => !values.some(isEmpty)),
  any: func(['...any'], (...values) => values.some(value => !isEmpty(value))),
  ternary: func(['any', 'any', 'bool'], (yes, no, condition) => (condition ? yes : no)),
  typeOf: func(['any'], typeOf),
  typeIs: func(['string', 'any'], (type, value) => typeOf(value) === type),
  typeIsLike: func(['string', 'any'], (type, value) => typeOf(value) === type || typeOf(value) === `*${type}`),
  kindOf: func(['any'], kindOf),
  kindIs: func(['string', 'any'], (kind, value) => kindOf(value) === kind),
  deepEqual: func(['any', 'any'], deepEqual),
}
