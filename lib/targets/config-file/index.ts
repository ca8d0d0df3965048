import { configFileSchema } from '../../config/file-schema.ts'
import { schemaPath, writeConfigFile } from '../../share/index.ts'
import type { Target } from '../target.ts'

const schemaText = `${JSON.stringify(configFileSchema(), null, 2)}\n`

/** The configuration itself, to be reopened, and the schema that editors check it with. */
export const configFile: Target = {
  id: 'config-file',
  label: 'Configuration',
  render: (config) => [
    { path: 'deploy.config.yaml', text: writeConfigFile(config) },
    { path: schemaPath, text: schemaText },
  ],
}
