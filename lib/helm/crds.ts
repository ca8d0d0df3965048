import type { ActiveChart } from './dependencies.ts'

/** The files in crds/ of a chart and its subcharts, as they are. Source: Helm `chart.CRDObjects`. */
export function crdsOf(active: ActiveChart, path = active.name): { path: string; text: string }[] {
  const own = active.chart.files
    .filter(file => /^crds\/.*\.(?:ya?ml|json)$/i.test(file.path))
    .map(file => ({ path: `${path}/${file.path}`, text: file.text }))
  return [...own, ...active.dependencies.flatMap(each => crdsOf(each, `${path}/charts/${each.name}`))]
}
