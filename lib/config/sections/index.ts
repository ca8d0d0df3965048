import { app, exposure, image, target } from './service.ts'
import { cache, database, migrations, redis } from './state.ts'
import { auth, networkPolicy, rateLimit, security } from './traffic.ts'
import { monitoring, probes, resources, rollout, scaling, scheduling } from './running.ts'
import { extra, litefs, names, secrets, vm, workflows } from './delivery.ts'

/** Every section in the order in which the form shows them. */
export const sections = [
  target,
  app,
  image,
  exposure,
  database,
  migrations,
  redis,
  cache,
  auth,
  rateLimit,
  security,
  networkPolicy,
  resources,
  scaling,
  rollout,
  probes,
  monitoring,
  scheduling,
  vm,
  workflows,
  secrets,
  names,
  extra,
  litefs,
] as const

/** Every declared field by its path. */
export const declared = {
  ...target.fields,
  ...app.fields,
  ...image.fields,
  ...exposure.fields,
  ...database.fields,
  ...migrations.fields,
  ...redis.fields,
  ...cache.fields,
  ...auth.fields,
  ...rateLimit.fields,
  ...security.fields,
  ...networkPolicy.fields,
  ...resources.fields,
  ...scaling.fields,
  ...rollout.fields,
  ...probes.fields,
  ...monitoring.fields,
  ...scheduling.fields,
  ...vm.fields,
  ...workflows.fields,
  ...secrets.fields,
  ...names.fields,
  ...extra.fields,
  ...litefs.fields,
}
