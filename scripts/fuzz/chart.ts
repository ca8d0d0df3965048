/** Where the cases stand: a chart with some named templates to include and some files to read. */
export const chartFiles = (values: string): readonly { readonly path: string; readonly text: string }[] => [
  { path: 'Chart.yaml', text: 'apiVersion: v2\nname: lab\nversion: 0.1.0\nappVersion: "1.2.3"\n' },
  { path: 'values.yaml', text: values },
  { path: 'a.txt', text: 'one\ntwo\n' },
  { path: 'conf/b.json', text: '{"b": [1, 2]}' },
  { path: 'templates/_fuzz.tpl', text: partials },
]

const partials = `{{- define "fuzz.echo" }}{{ . }}{{ end }}
{{- define "fuzz.json" -}} {{ toJson . }} {{- end }}
{{- define "fuzz.lines" }}
a: 1
b: {{ . | quote }}
{{ end }}
{{- define "fuzz.fails" }}{{ index . 5 }}{{ end }}
{{- define "fuzz.outer" }}<{{ include "fuzz.fails" . }}>{{ end }}
{{- define "fuzz.range" }}{{ range $k, $v := . }}{{ $k }}={{ $v }};{{ else }}none{{ end }}{{ end }}
`

/** A template and the text of the values that it sees. */
export interface Case {
  readonly template: string
  readonly values: string
}

/** What became of a case: its text, or after `✗` the error. */
export type Outcome = string

export const failed = (message: string): Outcome => `✗ ${message}`
export const isFailure = (outcome: Outcome): boolean => outcome.startsWith('✗ ')
