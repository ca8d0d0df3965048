/** Patterns that several settings share, each with its words. No lookaround: Helm reads them with RE2. */

/** A DNS label as Kubernetes names its objects (RFC 1123). */
export const dnsLabel = {
  pattern: '^[a-z0-9]([-a-z0-9]*[a-z0-9])?$',
  hint: 'lower-case letters, digits and dashes, beginning and ending with a letter or digit',
  maxLength: 63,
}

/** The name of a Service (RFC 1035), with room for what the chart puts behind it. */
export const serviceName = {
  pattern: '^[a-z]([-a-z0-9]*[a-z0-9])?$',
  hint: 'lower-case letters, digits and dashes, beginning with a letter',
  maxLength: 52,
}

/** Names of Secrets, ServiceAccounts and the like: a DNS subdomain. */
export const objectName = {
  pattern: '^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$',
  hint: 'lower-case letters, digits, dashes and dots',
  maxLength: 253,
}

/** A key inside a ConfigMap or Secret. */
export const dataKey = { pattern: '^[-._a-zA-Z0-9]+$', hint: 'letters, digits, dashes, dots and underscores', maxLength: 253 }

/** A host name or IP address that the app connects to; IPv6 in brackets. */
export const host = {
  pattern: '^([A-Za-z0-9_]([-A-Za-z0-9_.]*[A-Za-z0-9])?|\\[[0-9A-Fa-f:.]+\\])$',
  hint: 'a host name or an address; IPv6 in brackets',
  maxLength: 253,
}

/** A public host name, lower case as the app compares it, or `*.name`. */
export const publicHost = {
  pattern: '^(\\*\\.)?[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$',
  hint: 'a lower-case host name without scheme, port or path',
  maxLength: 253,
}

/** What APP_TRUSTED_HOSTS takes: `*`, `*.name`, or an exact name (compared with case). */
export const trustedHost = {
  pattern: '^(\\*|(\\*\\.)?[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?)$',
  hint: 'a host name, *.name, or *',
  maxLength: 253,
}

/** A Kubernetes quantity. */
export const quantity = {
  pattern: '^([0-9]+(\\.[0-9]+)?(m|k|Ki|M|Mi|G|Gi|T|Ti|P|Pi|E|Ei)?)?$',
  hint: 'a quantity such as 250m, 0.5, 256Mi or 10Gi',
}

/** A URL path that begins with a slash and needs no escaping. */
export const urlPath = { pattern: '^/[A-Za-z0-9/_.~-]*$', hint: 'a path that begins with /' }

/** An IP address or network. */
export const cidr = {
  pattern: '^([0-9]{1,3}(\\.[0-9]{1,3}){3}|[0-9A-Fa-f:]*:[0-9A-Fa-f:.]*)(/[0-9]{1,3})?$',
  hint: 'an IP address or network such as 10.0.0.0/8',
}

/** One network, or nothing. */
export const cidrOrEmpty = { pattern: `^(${cidr.pattern.slice(1, -1)})?$`, hint: cidr.hint }

/** A Go duration as Prometheus reads it. */
export const duration = { pattern: '^[0-9]+(ms|s|m|h)$', hint: 'a duration such as 30s or 1m' }

/** One line of printable text: what every env-file dialect, ConfigMap and shell carries unchanged. */
export const line = { pattern: '^[^\\x00-\\x1f\\x7f]*$', hint: 'one line of text without control characters' }

/** A whole number or a percentage, as Kubernetes' IntOrString fields take them. */
export const intOrPercent = { pattern: '^([0-9]{1,6}|[0-9]{1,3}%)?$', hint: 'a whole number or a percentage' }

/** The chart's schema for `intOrPercent`. */
export const intOrPercentSchema = {
  anyOf: [{ type: 'integer', minimum: 0 }, { type: 'string', pattern: intOrPercent.pattern }],
}

/** The chart's schema for quantities: bare numbers are common in values files. */
export const quantitySchema = { anyOf: [{ type: 'number', minimum: 0 }, { type: 'string', pattern: quantity.pattern }] }
