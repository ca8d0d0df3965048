import type { Random } from './random.ts'
import { words } from './values.ts'
import { varied } from './varied.ts'

const quoted = (random: Random, text: string): string => (random.chance(0.15) && !/[`\r\0\ufeff]/.test(text) ? `\`${text}\`` : goQuoted(text))

const goQuoted = (text: string): string =>
  JSON.stringify(text).replace(/\\u2028|[\u2028\u2029]/g, (char) => (char.length > 1 ? char : `\\u${char.charCodeAt(0).toString(16)}`))

const byteTexts = ['"\\xff"', '"a\\xffb"', '"\\xe3\\x81"', '"\\u00e9\\x80z"'] as const

const ints = ['0', '1', '2', '3', '-1', '-2', '5', '10', '100', '-7', '0x1F', '0o17', "'a'", '64', '1000', '9223372036854775807', '-9223372036854775808'] as const
const floats = ['0.5', '1.0', '-2.5', '1e3', '1e21', '0.1', '3.14159', '1e-9', '123456789.125', '.5', '0x1p4', '2.5', '-0.0'] as const

const verbs = ['v', 'd', 's', 'q', 'x', 'X', 't', 'f', 'e', 'g', 'G', 'E', 'F', 'b', 'o', 'O', 'c', 'U', 'T', 'p', 'w', 'z', '%'] as const
const flags = ['', '', '', '+', '-', '#', '0', ' ', '+#', '-0', '+0', '# '] as const
const widths = ['', '', '', '5', '12', '.2', '8.3', '.0', '*', '.*', '[1]', '[2]*', '[9]', '.'] as const

const format = (random: Random): string =>
  random.times(1, 3, () => `${random.pick(['', 'a', '=', ' ', 'é'])}%${random.pick(flags)}${random.pick(widths)}${random.pick(verbs)}`).join('') + (random.chance(0.03) ? '%' : '')

const kindsOfText: Readonly<Record<string, readonly string[]>> = {
  key: ['a', 'b', 'c', 'name', 'key', 'x1', 'nope', '_0', '_1', 'constructor', '__proto__', 'size', 'value', 'tree', 'host', 'path'],
  separator: [',', '.', '', ' ', '-', '/', 'a', '\n'],
  regex: ['a', '[a-z]+', '^h', 'o$', '(a)(b)?', '\\d+', '\\w+', '\\s*', '.', 'a*', '(?i)HELLO', '(?P<x>l+)o', '[^a-z]', '\\bfoo\\b', 'x|y', '(', '[', 'a{2,3}', '(?s).*', '(?m)^.', '\\p{L}+', '[[:alpha:]]+', '\\Qa.b\\E', 'a**', '(?=a)', '\\1', '', '(?U)l+', '[\\w-]+', '\\x{65E5}', '(a|ab)(c|bcd)?', '\\C', '\\pN', '[z-a]', 'a{1001}', '(?<n>a)', '\\z', '\\A', '[é-ü]', '$', '^', '(?:a|b)+?', '[\\d.]+'],
  replacement: ['', 'x', '$1', '${1}y', '$1y', '$$', '${x}', '$0', '-', '$', '${', '\\1', '$2$1'],
  version: ['1.2.3', 'v1.2.3', '1.2', '1', '1.2.3-rc.1', '1.2.3+b5', '1.2.3-alpha.10+x', '', 'x', '1.2.3.4', '01.2.3', '0.0.0', '10.20.30', '1.2.3-', '1.2.3-0.beta', 'v2', '2.0.0-rc.01', '99999999999999999999.0.0'],
  constraint: ['1.2.3', '>=1.2', '^1.2.3', '~1.2', '>1 <2', '>=1, <3', '1.x', '*', '!=1.2.3', '1.2 - 2.0', '^0.0', '||', '>=1.2.0-0', '=1.2.3 || ^2', '~>1', '=>1', 'x', '>', '>= 1.2.3-alpha', '', '<= v1.2', '>1.2.x', '^1.x', '!1', '1 2', '~1.2.3-rc.1'],
  json: ['{}', '[]', '{"a":1}', '{"a":{"b":[1,2.5,"x",null,true]}}', '[1,"a",{"k":null}]', '1', '"x"', 'null', '', '{', '{"a"}', '[1,]', '{"a":1}x', '"\\ud83d\\ude00\\ud800"', '1e400', '{"a":1,"a":2}', 'tru', ' [1] ', '{"a":01}', '\\', '[1e2,-0,1E+3]', '"\\x"', '{"a":\n"b\tc"}'],
  yaml: ['a: 1', 'a: 1\nb:\n  - x\n  - y: z\n', '- 1\n- a\n- {b: c}', '', 'null', 'x', '5', 'a: [1, 2', 'a: b: c', '\tx', 'a: &x 1\nb: *x', 'a: *nope', '<<: {a: 1}\nb: 2', 'a: yes\nb: 0o17\nc: 017\nd: 1e3\ne: .inf', '1: a\ntrue: b\nnull: c\n1.5: d', '? a\n: b', 'a: |\n  t\n  u\n', 'a: >-\n  t\n\n  u\n', '"a": \'b\'', 'a: 1\na: 2', '---\na: 1\n---\nb: 2', '# c', 'a: !!str 5', '%YAML 1.1\n---\na: 1', 'a: 2024-01-01', '{a: 1, b: [c]}', '- - 1\n  - 2', 'a: "\\u00e9\\x41"', 'a:\n- 1\n-2', '@x', '[', '}', 'a: 0x1F\nb: 1_000\nc: 190:20:30', '"unclosed', "'", 'a: !x 1', '&a [*a]', 'k: ~\nl:', '...'],
  toml: ['a = 1', 'a = "x"\n[b]\nc = [1, 2]\n', '[[t]]\nx = 1\n[[t]]\nx = 2', '', 'a', 'a = ', 'a = 1\na = 2', 'a.b.c = true', 'd = 1979-05-27T07:32:00Z', 'f = 1.5e3', 's = """\nx\ny"""', "l = 'raw\\'", '[a', 'i = 1_000\nh = 0xff', 'x = {y = 1, z = [true]}', 'f = inf', 'a = 01', '= 1', 'a = "\\q"', '# c', 'd = 1979-05-27', 't = 07:32:00', 'a = [1, "x"]', '[a]\n[a]', 'a = nope', 'a = 1 b = 2', '"q k" = 1', 'a = "é\\u00e9"', 'a = """x', "a = 'x", 'a = [1,', 'a = {b=1', 'a = 1.', 'a = 1__0'],
  base64: ['aGVsbG8=', '/w==', '', 'aGVsbG8', '!!', 'YQ==', 'YWI=', 'YWJj\nZGVm', '=', 'a===', 'aGk=x', '8J+YgA=='],
  base32: ['NBSWY3DP', 'ME======', '', 'x', 'MFRA====', '77======', 'ME=====', 'NBSWY3DPEB3W64TMMQ======'],
  path: ['/etc/app/x.tar.gz', '../a//b/./c', '', '.', '/', 'a/', 'a/../..', './x', '/a/b/../../../c', 'x.', '.hidden', 'C:\\x\\y', 'é/ü.txt'],
  url: ['https://user:pw@example.com:8080/p/a?q=1&r=2#frag', 'http://x', '', '/rel/p', 'mailto:a@b', '//h/p', 'http://[::1]:80/', 'http://a b/', 'x:y', '%zz', ':', 'http://h?x', 'http://h#', 'http://h/%41%2f', 'HTTP://ÉX/', 'http://h:port/', 'ftp://u@h/a;b?c#d'],
  layout: ['2006-01-02', '2006-01-02T15:04:05Z07:00', 'Jan _2 3:04PM', 'Monday, 02-Jan-06 15:04:05 MST', '06/1/2', '15.04.05.000', '2006', '', 'x', '02 Jan 2006 -0700', '.999999', '002', 'Mon 3 pm', '_2', '2006-01-02 15:04:05 -07:00:00'],
  dateText: ['2024-02-29', '2024-02-29T12:30:45Z', '2023-02-29', '', 'x', '2024', '1999-12-31T23:59:59+02:00', 'Feb  3 4:05AM', '2024-13-01', '2024-1-1', '06/1/2'],
  zone: ['UTC', 'Europe/Berlin', 'America/New_York', 'Asia/Kolkata', 'Nope/Zone', '', 'Local', 'EST', 'Asia/Tokyo'],
  duration: ['1h', '-1.5h', '24h30m', '90s', '', 'x', '1d', '100ms', '1h-', '9999999h', '0', '+5m', '1us', '1.5'],
  template: ['fuzz.echo', 'fuzz.json', 'fuzz.lines', 'fuzz.fails', 'fuzz.outer', 'fuzz.nope', 'fuzz.range'],
  'template-text': ['{{ . }}', '{{ .a }}', '{{ .Values.s }}', 'plain', '{{ toYaml . }}', '{{ .x.y }}', '{{ nope }}', '{{ if . }}t{{ else }}f{{ end }}', '{{', '{{ include "fuzz.json" . }}', '{{ len . }}', '{{- $x := . -}} {{ $x }} {{- /* c */ -}} ', '{{ range . }}{{ . }},{{ end }}', '{{ tpl "{{ .b.c }}" . }}', '{{ include "fuzz.fails" . }}', '{{ .Values.nope }}', '{{ define "fuzz.in" }}[{{ . }}]{{ end }}{{ include "fuzz.in" . }}', '{{ $.Values.n }}', '{{ .a | upper }}', 'a\n{{ index . 0 }}', '', '{{ block "fuzz.bl" . }}<{{ . }}>{{ end }}', '{{ range . }}{{ if . }}{{ break }}{{ end }}{{ . }}{{ else }}none{{ end }}', '{{ range $i, $e := . }}{{ if $i }}{{ continue }}{{ end }}{{ $e }}{{ end }}', '{{ with .a }}{{ . }}{{ else with .b }}b{{ . }}{{ else }}-{{ end }}', '{{ $x := 1 }}{{ if . }}{{ $x = 2 }}{{ end }}{{ $x }}', '{{ template "fuzz.range" . }}', '{{ .Release.Name }}', '{{ .Template.Name }}', '{{ fail "x" }}', '{{ required "r" .a }}', '{{ (index . "a").b }}', '{{ 1 | }}', '{{ printf "%v" . }}', '{{ define "fuzz.echo" }}other{{ end }}{{ include "fuzz.echo" 1 }}', '{{ . | quote }}\n', '<no value>{{ .nope }}', '{{ tpl . . }}'],
  method: ['Get', 'Has', 'nope'],
  glob: ['**', '*', '*.txt', 'conf/*', '[ab].txt', '{a,conf/b}.*', '?.txt', '**.json', '', '[', 'conf/**', '[!a]*', '{', 'a.txt', '\\a.txt', '*/*'],
  file: ['a.txt', 'conf/b.json', 'nope', '', './a.txt', '/a.txt', 'conf'],
  valuePath: ['map', 'map.a', 'nest.a.b.c', 'nest.a', 's', '', '.', 'nope', 'nope.x', 'nest.', 'list', 'list.0', 'nest.a.b.c.d'],
  api: ['v1', 'apps/v1', 'x/y', '', 'v1/Pod', 'batch/v1/CronJob'],
  cipher: ['ecdsa', 'ed25519', '', 'x'],
  passwordKind: ['long', 'maximum', 'medium', 'short', 'basic', 'pin', 'x'],
}

/** A literal of the kind as template text. */
export function literalOf(random: Random, kind: string): string {
  const texts = kindsOfText[kind]
  if (texts) return quoted(random, random.chance(0.02) ? random.pick(words) : varied(random, random.pick(texts), texts))
  switch (kind) {
    case 'int':
    case 'int64':
      return random.pick(ints)
    case 'small':
      return random.pick(['0', '1', '2', '3', '4', '8', '-1', '12'])
    case 'number':
      return random.pick(random.chance(0.6) ? ints : floats)
    case 'float64':
      return random.pick(floats)
    case 'bool':
      return random.pick(['true', 'false'])
    case 'format':
      return goQuoted(format(random))
    case 'string':
      return random.chance(0.05) ? random.pick(byteTexts) : quoted(random, varied(random, random.pick(words), words))
    case 'map':
    case 'fresh':
      return random.pick(['(dict)', '(dict "a" 1)', '(dict "a" 1 "b" "x")', '(dict "a" (dict "b" (list 1 2)) "c" nil)', '(dict "b" "z" "a" nil "x" 1.5)', '(dict "scheme" "http" "host" "h:1" "path" "/p q" "query" "a=b" "userinfo" "u:p" "fragment" "f")'])
    case 'list':
      return random.pick(['(list)', '(list 1 2 3)', '(list "b" "a" "b")', '(list 1 "1" nil true 1.5)', '(list (list 1) (dict "a" 1))', '(list "" nil 0 "x")', '(list .Values.n 1)'])
    case 'texts':
      return random.pick(['(splitList "," "b,a,b")', '(list "x" "y" | toStrings)', '(keys (dict "only" 1))', '(splitList "" "héy")'])
    case 'ints':
      return random.pick(['(until 3)', '(untilStep 6 0 -2)', '(until 0)'])
    case 'nested':
      return random.pick(['(chunk 2 (list 1 2 3))', '(list (list 1 2) (list 3))', '(list (until 2))'])
    case 'split':
      return random.pick(['(split "." "a.b.c")', '(splitn "," 2 "a,b,c")', '(split "," "")'])
    case 'time':
    case 'moment':
      return random.pick(['(toDate "2006-01-02" "2024-02-29")', '(mustToDate "2006-01-02T15:04:05Z07:00" "2024-02-29T12:30:45+05:30")', '(toDate "2006" "x")', ...(kind === 'moment' ? ['1700000000', '(int64 1700000000)', '.Values.n', '0', '(int 86400)'] : [])])
    case 'one':
      return random.pick(['(dict)', '(dict "a" 1)', '(dict "b" nil)', '(dict "c" (list 1))', 'nil'])
    case 'span':
      return random.pick(['((toDate "2006-01-02" "2024-02-29").Sub (toDate "2006-01-02" "2023-02-27"))', '((toDate "2006-01-02" "2024-02-29").Sub (toDate "2006-01-02" "2024-02-29"))', '((toDate "15:04:05.999" "01:02:03.456").Sub (toDate "15:04" "02:03"))'])
    case 'spanOrNumber':
      return random.pick(['1', '0', '-5', '1000000000', '3600000000000', '7000000000', '(int64 5)', '1.0'])
    case 'month':
      return '(toDate "2006-01-02" "2024-02-29").Month'
    case 'weekday':
      return '(toDate "2006-01-02" "2024-02-29").Weekday'
    case 'location':
      return random.pick(['(toDate "2006-01-02" "2024-02-29").Location', '(toDate "-0700" "+0530").Location', '(toDate "2006" "2024").UTC.Location', 'nil'])
    case 'bytes':
      return random.pick(['(.Files.GetBytes "a.txt")', '($.Files.GetBytes "nope")', 'nil'])
    case 'files':
      return random.pick(['$.Files', '$.Files', '($.Files.Glob "**")', '($.Files.Glob "*.txt")'])
    case 'apis':
      return '$.Capabilities.APIVersions'
    case 'valuesObject':
      return random.pick(['$.Values', '$.Values', '$', '($.Values.Table "nest")', '$.Template'])
    case 'semver':
      return random.pick(['(semver "1.2.3-rc.1+x")', '(semver "v2.0")'])
    default:
      return random.pick(['nil', 'true', '1', '"x"', '1.5', '(list)', '(dict)'])
  }
}
