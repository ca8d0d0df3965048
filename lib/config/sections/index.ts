import { app, image, target } from './service.ts'
import { exposure } from './exposure.ts'
import { cache, database, migrations, redis } from './state.ts'
import { auth, networkPolicy, rateLimit, security } from './traffic.ts'
import { probes, resources, rollout, scaling, scheduling } from './running.ts'
import { monitoring } from './monitoring.ts'
import { extra, litefs, names } from './delivery.ts'
import { gitops } from './gitops.ts'
import { secrets } from './secrets.ts'
import { workflows } from './workflows.ts'
import { vm } from './vm.ts'

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
  gitops,
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
  ...gitops.fields,
  ...secrets.fields,
  ...names.fields,
  ...extra.fields,
  ...litefs.fields,
}
