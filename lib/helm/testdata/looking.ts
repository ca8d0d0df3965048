import fc from 'fast-check'
import { toValue } from '../../go/plain.ts'
import type { Value } from '../../go/value.ts'
import { loadChart } from '../index.ts'

export const chartOf = (templates: Readonly<Record<string, string>>) =>
  loadChart([
    { path: 'Chart.yaml', text: 'apiVersion: v2\nname: lab\nversion: 0.1.0\n' },
    ...Object.entries(templates).map(([name, text]) => ({ path: `templates/${name}`, text })),
  ])

export const valuesOf = (plain: unknown) => toValue(plain) as Map<string, Value>
export const release = { name: 'rel' }

const changingTemplates = {
  'a-set.yaml': 'v: {{ if eq (toString .Values.a.name) "x" }}{{ $_ := set .Values.b "x" .Values.a.x }}{{ end }}{{ .Values.b | toJson }}',
  'b-merge.yaml': 'v: {{ if .Values.a.er }}{{ $_ := merge .Values.a .Values.b }}{{ end }}{{ .Values.a | toJson }}',
  'c-unset.yaml': 'v: {{ if hasKey .Values.a "deep" }}{{ $_ := unset .Values.a "x" }}{{ end }}{{ .Values.a.x }}',
  'd-looks.yaml': 'v: {{ .Values | toJson }}',
  'e-random.yaml': 'v: {{ if .Values.a.x }}{{ randAlphaNum 4 }}{{ end }}{{ .Values.a.name }}',
}

/** Templates that change what they see, and values among it. */
export const changing = chartOf(changingTemplates)

/** A chart with a subchart, which sees a section of the values and the globals. */
export const nested = loadChart([
  { path: 'Chart.yaml', text: 'apiVersion: v2\nname: lab\nversion: 0.1.0\ndependencies: [{name: kid, version: 0.1.0, condition: list.no}]\n' },
  { path: 'templates/a.yaml', text: 'v: {{ .Values.a.name }} {{ .Values.kid.a | toJson }} {{ .Subcharts.kid.Values.a.x }} {{ include "kid" . }}' },
  { path: 'templates/z.yaml', text: 'v: {{ if .Values.a.er }}{{ $_ := set .Values.kid.a "set" 1 }}{{ end }}' },
  { path: 'charts/kid/Chart.yaml', text: 'apiVersion: v2\nname: kid\nversion: 0.1.0\n' },
  { path: 'charts/kid/values.yaml', text: 'a: {own: 1}\n' },
  { path: 'charts/kid/templates/_kid.tpl', text: '{{ define "kid" }}{{ .Values.a.name }}{{ .Values.global | toJson }}{{ .Template.Name }}{{ end }}' },
  { path: 'charts/kid/templates/b.yaml', text: 'v: {{ .Values.a | toJson }} {{ include "kid" . }}' },
  { path: 'charts/kid/templates/c.yaml', text: 'v: {{ .Values.global | toJson }} {{ .Chart.Name }}' },
])

const lookingTemplates = {
  '_helpers.tpl': '{{ define "name" }}{{ .Values.a.name | default "none" }}{{ end }}',
  '_names.tpl': '{{ define "file" }}{{ .Template.Name }} {{ include "name" . }}{{ end }}{{ define "outer" }}{{ include "file" . }} {{ .Values.b | toJson }}{{ end }}',
  'file-one.yaml': 'v: {{ include "file" . }}',
  'file-two.yaml': 'v: {{ include "outer" . }}',
  'file-three.yaml': 'v: {{ include "outer" . }} {{ include "name" . }} {{ . | len }}',
  'direct.yaml': 'v: |\n  {{ .Values.a.name }}',
  'helper.yaml': 'v: |\n  {{ include "name" . }}',
  'whole.yaml': 'v: |\n  {{ .Values.a | toJson }}',
  'loop.yaml': 'v: |\n  {{ range $k, $v := .Values.b }}{{ $k }}={{ $v | toJson }} {{ end }}',
  'list.yaml': 'v: |\n  {{ range .Values.list }}{{ . | toJson }} {{ end }}',
  'empty.yaml': 'v: |\n  {{ if .Values.b }}yes{{ else }}no{{ end }}',
  'kind.yaml': 'v: |\n  {{ kindOf .Values.a }} {{ hasKey .Values "b" }} {{ len .Values.b }}',
  'deep.yaml': 'v: |\n  {{ (.Values.a.deep | default dict).er }} {{ dig "deep" "er" "-" .Values.a }}',
  'text.yaml': 'v: |\n  {{ tpl "{{ .Values.a.name }}" . }}',
  'all.yaml': 'v: |\n  {{ .Values | toJson }}',
  '_given.tpl': `{{ define "given" }}{{ .root.Values.a.name }} {{ .table | toJson }} {{ .text }}{{ end }}
    {{ define "sets" }}{{ $_ := set . "text" "set" }}{{ .root.Values.a.name }}{{ end }}
    {{ define "one" }}[{{ . | toJson }}]{{ end }}{{ define "deep" }}{{ .er | toJson }}{{ end }}`,
  'given-one.yaml': 'v: |\n  {{ include "given" (dict "root" . "table" .Values.b "text" .Values.a.name) }}',
  'given-two.yaml': 'v: |\n  {{ include "given" (dict "root" . "table" .Values.a.deep "text" (list 1 .Values.a.x)) }}',
  'given-sets.yaml': 'v: |\n  {{ $d := dict "root" . "text" .Values.a.x }}{{ include "sets" $d }} {{ $d.text }} {{ $e := dict "root" . "text" .Values.a.x }}{{ include "sets" $e }} {{ $e.text }}',
  'given-each.yaml': 'v: |\n  {{ range .Values.list }}{{ include "one" . }}{{ end }}{{ include "one" .Values.list }}{{ include "one" .Values.a.x }}{{ include "one" (toString .Values.a.x) }}',
  'given-deep.yaml': 'v: |\n  {{ if kindIs "map" .Values.a.deep }}{{ include "deep" .Values.a.deep }}{{ end }}{{ include "deep" (dict "er" (dict "er" .Values.a.er)) }}',
  'files.yaml': 'v: |\n  {{ .Files.Get (toString .Values.a.name) }}{{ (lookup "v1" "Pod" "x" (toString .Values.a.name)) | toJson }}',
  'tpl.yaml': 'v: |\n  {{ tpl (printf "{{ .Values.a.%s | toJson }}{{ include \\"name\\" . }}" (toString .Values.b.name | lower | trunc 1 | default "x" | replace "1" "y" | replace "-" "y")) . }}',
  'lines.yaml': 'v:\n  {{- range $k, $v := .Values.b }}\n  {{ $k }}: {{ $v | toJson }}\n  {{- end }}\n  {{- if .Values.a.x }}\n  x: {{ .Values.a.x }}\n  {{- else if .Values.a.er }}\n  er: yes\n  {{- end }}\n  {{- with .Values.a.deep }}\n  deep: {{ . | toJson }}\n  {{- end }}\nend: 1\n',
  'yaml.yaml': 'v:\n  {{- toYaml .Values.b | nindent 2 }}\nw:\n{{ toYaml .Values | indent 2 }}\nx: {{ include "name" . | quote }}',
  'flow.yaml': 'v: |\n  {{ $x := "one" }}{{ if .Values.a.x }}{{ $x = "two" }}{{ end }}{{ range $i, $v := .Values.list }}{{ if eq (toString $v) "x" }}{{ break }}{{ end }}{{ $i }}{{ end }}{{ $x }}',
  'made.yaml': 'v:\n  {{- $d := dict "one" .Values.a.name }}{{ $_ := set $d "two" .Values.b.name }}{{ $_ := merge $d (dict "three" .Values.a.er) }}{{ if .Values.a.x }}{{ $_ := set $d "four" 4 }}{{ end }}\n  {{- toYaml $d | nindent 2 }}\n  {{- range $k, $v := (include "made" . | fromYaml) }}\n  {{ $k }}-{{ $v }}: 1\n  {{- end }}\n  {{- $l := list .Values.a.name }}{{ if .Values.b.x }}{{ $l = append $l .Values.b.er }}{{ end }}\n  {{- range $l }}\n  - {{ . | toJson }}\n  {{- end }} {{ len $l }}',
  '_made.tpl': '{{ define "made" }}a: {{ .Values.a.name | toJson }}\n{{ if .Values.b.deep }}b: 1\n{{ end }}c: {{ .Values.list | toJson }}{{ end }}',
  'copy.yaml': 'v: |\n  {{ $copy := deepCopy .Values.a }}{{ $_ := set $copy "x" 1 }}{{ $copy | toJson }}',
}

/** Templates that look at values in every way there is: by name, whole, through helpers, in loops, by `has` and by kind. */
export const looking = chartOf(lookingTemplates)

/** Half of these look before some change what all see, and half after; a new chart, for nothing is remembered of one that once did. */
export const lookingAndChanging = () =>
  chartOf({ ...lookingTemplates, ...Object.fromEntries(Object.entries(changingTemplates).map(([name, text]) => [`h-${name}`, text])) })

const scalar = fc.oneof(fc.constantFrom('x', 'y', '', '1', 'true', 0, -0, 1, true, false), fc.constant(null))
const anyTable = fc.dictionary(fc.constantFrom('name', 'deep', 'x', 'er'), fc.oneof(scalar, fc.dictionary(fc.constantFrom('er', 'x'), scalar)), { noNullPrototype: true })
/** Values for all of these charts. */
export const anyValues = fc.record({ a: anyTable, b: anyTable, kid: fc.record({ a: anyTable }), global: anyTable, list: fc.array(fc.oneof(scalar, anyTable), { maxLength: 3 }) })
