import { describe, expect, test } from 'vitest'
import { readYaml, writeYaml } from '../yaml/index.ts'
import { fromValue } from '../go/plain.ts'
import type { Value } from '../go/value.ts'
import { loadChart, loadFunctions, readValues, renderChart, setValues, TemplateError } from './index.ts'
import { chartOf, release, valuesOf } from './testdata/looking.ts'

await loadFunctions()

const notesOf = (text: string, values: unknown = {}): string => renderChart(chartOf({ 'NOTES.txt': text }), valuesOf(values), release).notes

const withoutEnd: readonly (readonly [string, string])[] = [
  ['include', '{{ define "r" }}{{ include "r" . }}{{ end }}{{ include "r" . }}'],
  ['template', '{{ define "r" }}{{ template "r" . }}{{ end }}{{ template "r" . }}'],
  ['until', '{{ range until 1000000000 }}x{{ end }}'],
  ['until step', '{{ range untilStep 0 1000000000 1 }}x{{ end }}'],
  ['seq', '{{ seq 1 1000000000 }}'],
  ['range int', '{{ range 1000000000000 }}{{ end }}'],
  ['bigout', '{{ range until 1000 }}{{ repeat 1000000 "abc" }}{{ end }}'],
  ['bigout include', '{{ define "x" }}{{ repeat 1000000 "abcdefghij" }}{{ end }}{{ range until 100 }}{{ include "x" . }}{{ end }}'],
  ['manyvars', '{{ $s := repeat 1000000 "x" }}{{ range until 100000 }}{{ $s = print $s $s }}{{ end }}'],
  ['doubling', '{{ $s := "x" }}{{ range until 100 }}{{ $s = printf "%s%s" $s $s }}{{ end }}{{ len $s }}'],
  ['doubling cat', '{{ $s := "x" }}{{ range until 100 }}{{ $s = cat $s $s }}{{ end }}'],
  ['doubling join', '{{ $s := "x" }}{{ range until 100 }}{{ $s = list $s $s | join "," }}{{ end }}'],
  ['doubling list', '{{ $s := list 1 }}{{ range until 100 }}{{ $s = concat $s $s }}{{ end }}'],
  ['doubling tpl', '{{ $d := dict "t" "{{ tpl .t . }}{{ tpl .t . }}" }}{{ tpl $d.t $d }}'],
  ['exp text', '{{ $t := "x" }}{{ range until 60 }}{{ $t = tpl "{{ .t }}{{ .t }}" (dict "t" $t) }}{{ end }}'],
  ['repeat', '{{ repeat 2000000000 "abc" }}'],
  ['nindent n', '{{ nindent 1000000000 "a" }}'],
  ['nindent l', '{{ indent 100000 (repeat 100000 "a\\n") }}'],
  ['rand alpha', '{{ randAlphaNum 1000000000 }}'],
  ['rand bytes', '{{ randBytes 1000000000 }}'],
  ['cyclic copy', '{{ $d := dict }}{{ $_ := set $d "d" $d }}{{ deepCopy $d }}'],
  ['cyclic merge', '{{ $d := dict }}{{ $_ := set $d "d" $d }}{{ $e := dict }}{{ $_ := set $e "d" $e }}{{ merge $d $e }}'],
  ['cyclic eq', '{{ $d := dict }}{{ $_ := set $d "d" $d }}{{ $e := dict }}{{ $_ := set $e "d" $e }}{{ deepEqual $d $e }}'],
  ['cyclic has', '{{ $d := dict }}{{ $_ := set $d "d" $d }}{{ $e := dict }}{{ $_ := set $e "d" $e }}{{ has $d (list $e) }}'],
  ['cyclic print', '{{ $d := dict }}{{ $_ := set $d "d" $d }}{{ printf "%v" $d }}'],
  ['cyclic broad p', '{{ $d := dict }}{{ range until 10 }}{{ $_ := set $d (toString .) $d }}{{ end }}{{ $d }}'],
  ['cyclic broad c', '{{ $d := dict }}{{ range until 10 }}{{ $_ := set $d (toString .) $d }}{{ end }}{{ $_ := deepCopy $d }}'],
  ['dag json', '{{ $d := dict "x" 1 }}{{ range until 60 }}{{ $d = dict "a" $d "b" $d }}{{ end }}{{ toJson $d }}'],
  ['dag yaml', '{{ $d := dict "x" 1 }}{{ range until 60 }}{{ $d = dict "a" $d "b" $d }}{{ end }}{{ toYaml $d }}'],
  ['dag toml', '{{ $d := dict "x" 1 }}{{ range until 60 }}{{ $d = dict "a" $d "b" $d }}{{ end }}{{ toToml $d }}'],
  ['dag print', '{{ $d := dict "x" 1 }}{{ range until 60 }}{{ $d = dict "a" $d "b" $d }}{{ end }}{{ $d }}'],
  ['dag copy', '{{ $d := dict "x" 1 }}{{ range until 60 }}{{ $d = dict "a" $d "b" $d }}{{ end }}{{ $_ := deepCopy $d }}'],
  ['dag eq', '{{ $d := dict "x" 1 }}{{ $e := dict "x" 1 }}{{ range until 60 }}{{ $d = dict "a" $d "b" $d }}{{ $e = dict "a" $e "b" $e }}{{ end }}{{ deepEqual $d $e }}'],
  ['dag merge', '{{ $d := dict "x" 1 }}{{ $e := dict "y" 1 }}{{ range until 60 }}{{ $d = dict "a" $d "b" $d }}{{ $e = dict "a" $e "b" $e }}{{ end }}{{ $_ := merge $d $e }}'],
  ['cyclic broad', '{{ $d := dict }}{{ range until 10 }}{{ $_ := set $d (toString .) $d }}{{ end }}{{ toYaml $d }}'],
  ['cyclic broad j', '{{ $d := dict }}{{ range until 10 }}{{ $_ := set $d (toString .) $d }}{{ end }}{{ toJson $d }}'],
  ['split', '{{ split "" (repeat 3000000 "a") }}'],
  ['split list', '{{ splitList "" (repeat 3000000 "a") }}'],
  ['splits', '{{ $s := repeat 900000 "a," }}{{ range until 1000 }}{{ $_ := split "," $s }}{{ end }}'],
  ['urlquery', '{{ $s := repeat 1000000 "é" }}{{ range until 1000 }}{{ $_ := urlquery $s }}{{ end }}'],
  ['url join', '{{ urlJoin (dict "host" (repeat 10000000 "é")) }}'],
  ['semver', '{{ semver (printf "1.2.3-%s1" (repeat 1000000 "a.")) }}'],
  ['constraint', '{{ semverCompare (printf ">1%sx" (repeat 500000 " ")) "1.2.3" }}'],
  ['snakecase', '{{ $s := repeat 300000 "aB" }}{{ range until 1000 }}{{ $_ := snakecase $s }}{{ end }}'],
  ['camelcase', '{{ $s := repeat 300000 "a_b" }}{{ range until 1000 }}{{ $_ := camelcase $s }}{{ end }}'],
  ['kebabcase', '{{ $s := repeat 300000 "aB" }}{{ range until 1000 }}{{ $_ := kebabcase $s }}{{ end }}'],
  ['wrap', '{{ $s := repeat 300000 "a b" }}{{ range until 1000 }}{{ $_ := wrap 10 $s }}{{ end }}'],
  ['tpl in tpl', '{{ $d := dict "t" "{{ tpl .t . }}" }}{{ tpl $d.t $d }}'],
  ['tpl nested', '{{ tpl (printf "%s%s" (repeat 100000 "{{ if true }}") (repeat 100000 "{{ end }}")) . }}'],
  ['tpl each other', '{{ range until 1000000 }}{{ $_ := tpl (printf "%d {{ . }}" .) $ }}{{ end }}'],
  ['parentheses', '{{ tpl (printf "{{ %s1%s }}" (repeat 100000 "(") (repeat 100000 ")")) . }}'],
  ['doubling b64enc', '{{ $s := "x" }}{{ range until 1000 }}{{ $s = b64enc $s }}{{ end }}'],
  ['doubling replace', '{{ $s := "x" }}{{ range until 100 }}{{ $s = replace "x" "xx" $s }}{{ end }}'],
  ['doubling json', '{{ $s := "x" }}{{ range until 100 }}{{ $s = toJson (list $s $s) }}{{ end }}'],
  ['doubling quote', '{{ $s := "x" }}{{ range until 100 }}{{ $s = quote $s $s }}{{ end }}'],
  ['doubling html', '{{ $s := "<" }}{{ range until 100 }}{{ $s = html $s $s }}{{ end }}'],
  ['doubling indent', '{{ $s := "x" }}{{ range until 100 }}{{ $s = indent 10 (print $s "\\n" $s) }}{{ end }}'],
  ['sort', '{{ $l := splitList "" (repeat 300000 "ba") }}{{ range until 1000 }}{{ $_ := sortAlpha $l }}{{ end }}'],
  ['append', '{{ $l := until 100000 }}{{ range until 1000000 }}{{ $l = append $l 1 }}{{ end }}'],
  ['keys', '{{ $d := dict }}{{ range until 20000 }}{{ $_ := set $d (toString .) 1 }}{{ end }}{{ range until 1000000 }}{{ $_ := keys $d }}{{ end }}'],
  ['values', '{{ $d := dict }}{{ range until 20000 }}{{ $_ := set $d (toString .) 1 }}{{ end }}{{ range until 1000000 }}{{ $_ := values $d }}{{ end }}'],
  ['range over keys', '{{ $d := dict }}{{ range until 20000 }}{{ $_ := set $d (toString .) 1 }}{{ end }}{{ range until 1000000 }}{{ range $d }}{{ break }}{{ end }}{{ end }}'],
  ['until step far', '{{ untilStep 0 9223372036854775807 1 }}'],
  ['until far', '{{ until 9223372036854775807 }}'],
  ['seq far', '{{ seq 0 1 9223372036854775807 }}'],
  ['range far', '{{ range 9223372036854775807 }}{{ end }}'],
  ['dag eq list', '{{ $l := list 1 }}{{ $m := list 1 }}{{ range until 100 }}{{ $l = list $l $l }}{{ $m = list $m $m }}{{ end }}{{ deepEqual $l $m }}'],
  ['dag join', '{{ $l := list 1 }}{{ range until 100 }}{{ $l = list $l $l }}{{ end }}{{ join "," $l }}'],
  ['dag overwrite', '{{ $d := dict "x" 1 }}{{ $e := dict "y" 1 }}{{ range until 60 }}{{ $d = dict "a" $d "b" $d }}{{ $e = dict "a" $e "b" $e }}{{ end }}{{ $_ := mergeOverwrite $d $e }}'],
  ['small dags compared', '{{ $d := dict "x" 1 }}{{ $e := dict "x" 1 }}{{ range until 15 }}{{ $d = dict "a" $d "b" $d }}{{ $e = dict "a" $e "b" $e }}{{ end }}{{ range until 100000 }}{{ $_ := deepEqual $d $e }}{{ end }}'],
  ['printf x', '{{ $s := repeat 1000000 "x" }}{{ range until 1000 }}{{ $_ := printf "%x" $s }}{{ end }}'],
  ['hashes', '{{ $s := repeat 300000 "a" }}{{ range until 100 }}{{ sha512sum $s }}{{ end }}'],
]

test.each(withoutEnd)('ends with the place: %s', { timeout: 60_000 }, (_, text) => {
  const error = (() => {
    try {
      return notesOf(text)
    } catch (thrown) {
      return thrown
    }
  })()
  expect(error).toBeInstanceOf(TemplateError)
  expect(error).toMatchObject({ file: 'lab/templates/NOTES.txt', line: 1 })
})

const harmless: readonly (readonly [string, string])[] = [
  ['printfw', '{{ printf "%1000000000d" 1 }}'],
  ['printfs', '{{ printf "%1000000000s" "x" }}'],
  ['printfstar', '{{ printf "%*d" 1000000000 1 }}'],
  ['printfprec', '{{ printf "%.1000000000f" 1.5 }}'],
  ['abbrev', '{{ abbrev 1000000000 "x" }}'],
  ['cyclic yaml', '{{ $d := dict }}{{ $_ := set $d "d" $d }}{{ toYaml $d }}'],
  ['cyclic yaml p', '{{ $d := dict }}{{ $_ := set $d "d" $d }}{{ toYamlPretty $d }}'],
  ['cyclic json', '{{ $d := dict }}{{ $_ := set $d "d" $d }}{{ toJson $d }}'],
  ['cyclic toml', '{{ $d := dict }}{{ $_ := set $d "d" $d }}{{ toToml $d }}'],
  ['deep json maps', '{{ fromJson (repeat 100000 "{\\"a\\":") | toJson | len }}'],
  ['toml tables', '{{ fromToml (repeat 50000 "[[a]]\\n") | toJson | len }}'],
  ['glob stars', '{{ .Files.Glob (repeat 5000 "*a") | len }}'],
  ['glob braces', '{{ .Files.Glob (repeat 1000 "{*,*}") | len }}'],
  ['long duration', '{{ durationRound (printf "%sh" (repeat 300000 "1")) }}'],
  ['long number', '{{ atoi (repeat 1000000 "1") }}{{ fromJson (printf "{\\"a\\":%s}" (repeat 300000 "1")) | toJson | len }}'],
  ['without big', '{{ without (until 300000) 1 | len }}'],
  ['deep json', '{{ fromJson (repeat 1000000 "[") | toJson }}'],
  ['deep yaml', '{{ fromYaml (repeat 1000000 "[") | toJson }}'],
  ['toml key of many parts', '{{ fromToml (printf "%sb = 1" (repeat 100000 "a.")) | len }}'],
  ['deep toml', '{{ fromToml (printf "a = %s" (repeat 1000000 "[")) | toJson }}'],
  ['alias bomb', '{{ $t := "a0: &a0 [x]\\n" }}{{ range $i := until 40 }}{{ $t = printf "%sa%d: &a%d [*a%d,*a%d]\\n" $t (add1 $i) (add1 $i) $i $i }}{{ end }}{{ fromYaml $t | toJson | len }}'],
  ['merge bomb', '{{ $t := "a0: &a0 {x: 1}\\n" }}{{ range $i := until 40 }}{{ $t = printf "%sa%d: &a%d {<<: [*a%d,*a%d], l: [*a%d,*a%d]}\\n" $t (add1 $i) (add1 $i) $i $i $i $i }}{{ end }}{{ fromYaml $t | toJson | len }}'],
]

test.each(harmless)('ends without an error: %s', { timeout: 60_000 }, (_, text) => {
  expect(notesOf(text).length).toBeLessThan(1000)
})

const names = ['constructor', '__proto__', 'toString', 'hasOwnProperty', 'length', 'valueOf', '__defineGetter__']

test('many stars of a glob over a long path', { timeout: 60_000 }, () => {
  const files = { 'NOTES.txt': `{{ .Files.Glob "${'*a'.repeat(50)}*b" | len }}` }
  const path = `${'a'.repeat(5000)}`
  const chart = chartOf(files)
  expect(renderChart({ ...chart, files: [{ path, text: '' }] }, valuesOf({}), release).notes).toBe('0')
})

describe.each(names)('the key %s is one like others', (name) => {
  const values = { m: JSON.parse(`{${JSON.stringify(name)}: {"x": 1}}`) as unknown }

  test.each([
    ['.Values.m.KEY.x', '1'],
    ['index .Values.m "KEY" "x"', '1'],
    ['get .Values.m "KEY" | toJson', '{"x":1}'],
    ['get (dict) "KEY"', ''],
    ['hasKey .Values.m "KEY"', 'true'],
    ['hasKey (dict) "KEY"', 'false'],
    ['dict "KEY" 1 | toYaml', 'KEY: 1'],
    ['set (dict) "KEY" 1 | toJson', '{"KEY":1}'],
    ['pluck "KEY" .Values.m (dict) | len', '1'],
    ['pick .Values.m "KEY" | len', '1'],
    ['omit .Values.m "KEY" | len', '0'],
    ['unset (dict "KEY" 1) "KEY" | len', '0'],
    ['dig "KEY" "x" 2 .Values.m', '1'],
    ['dig "KEY" "x" 2 (dict)', '2'],
    ['merge (dict) .Values.m | toJson', '{"KEY":{"x":1}}'],
    ['deepCopy .Values.m | toJson', '{"KEY":{"x":1}}'],
    ['(dict).KEY | default "none"', 'none'],
    ['.Values.KEY | default "none"', 'none'],
    ['keys .Values.m | first', 'KEY'],
    ['toYaml .Values.m', 'KEY:\n  x: 1'],
    ['(fromYaml "KEY: 1").KEY', '1'],
    ['(fromJson "{\\"KEY\\": 1}").KEY', '1'],
    ['(fromToml "KEY = 1").KEY', '1'],
    ['.Files.Get "KEY"', ''],
    ['lookup "v1" "Pod" "KEY" "KEY" | len', '0'],
  ])('%s', (expression, result) => {
    const here = (text: string) => text.replaceAll('KEY', name)
    expect(notesOf(`{{ ${here(expression)} }}`, values)).toBe(here(result))
  })

  test('in loops, as names of templates and variables', () => {
    expect(notesOf(`{{ range $k, $v := .Values.m }}{{ $k }}{{ $v.x }}{{ end }}`, values)).toBe(`${name}1`)
    expect(notesOf(`{{ define "${name}" }}d{{ end }}{{ include "${name}" . }}{{ $${name} := 1 }}{{ $${name} }}`)).toBe('d1')
    expect(() => notesOf(`{{ include "${name}" . }}`)).toThrow(`no template "${name}"`)
    expect(() => notesOf(`{{ ${name} }}`)).toThrow(name === 'toString' ? 'wrong number of args' : `function "${name}" not defined`)
  })

  test('in values files and --set', () => {
    expect(writeYaml(readYaml(`${name}: {${name}: 1}`))).toBe(`${name}:\n  ${name}: 1\n`)
    const set = readValues('', 'none')
    setValues(set, '--set', `${name}.${name}=1`)
    expect(JSON.stringify(fromValue(set as Value))).toBe(JSON.stringify(JSON.parse(`{"${name}":{"${name}":1}}`)))
  })

  test('in schemas', () => {
    const schema = `{"additionalProperties": false, "properties": {"${name}": {"type": "string"}}, "required": ["${name}"]}`
    const chart = loadChart([
      { path: 'Chart.yaml', text: 'apiVersion: v2\nname: lab\nversion: 0.1.0\n' },
      { path: 'values.schema.json', text: schema },
    ])
    const render = (text: string) => renderChart(chart, readValues(text, 'none'), release)
    expect(() => render(`${name}: 1`)).toThrow('got number, want string')
    expect(() => render('{}')).toThrow(`missing property '${name}'`)
    expect(() => render(`${name}: x`)).not.toThrow()
  })
})
