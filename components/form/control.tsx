import { Suspense, type ComponentType } from 'react'
import type { Field } from '../../lib/config/index.ts'
import { BoolControl, ChoiceControl, ChoicesControl, isSegmented } from './controls/choice.tsx'
import type { ControlProps, EditableKind } from './controls/props.ts'
import { TextControl } from './controls/text.tsx'
import { later } from '../ui/later.ts'

// What no prerendered section needs.
const IntControl = later(() => import('./controls/int.tsx'))
const YamlControl = later(() => import('./controls/yaml.tsx'))
const ListControl = later(() => import('./controls/list.tsx'))
const MapControl = later(() => import('./controls/map.tsx'))

/** Kind of field → control. */
const controls = {
  text: TextControl,
  int: IntControl,
  bool: BoolControl,
  choice: ChoiceControl,
  choices: ChoicesControl,
  list: ListControl,
  map: MapControl,
  yaml: YamlControl,
} as const

export function Control(props: ControlProps<EditableKind>) {
  // The table pairs each kind with the control that takes its field and value.
  const Chosen = controls[props.field.kind] as ComponentType<ControlProps<EditableKind>>
  return (
    <Suspense fallback={<div className="input" aria-busy="true" />}>
      <Chosen {...props} />
    </Suspense>
  )
}

/** Whether a field is edited by several elements, which a legend names instead of a label. */
export const isGroup = (field: Field): boolean =>
  field.kind === 'choices' ||
  field.kind === 'map' ||
  (field.kind === 'choice' && isSegmented(field))
