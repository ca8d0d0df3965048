import nextVitals from 'eslint-config-next/core-web-vitals'
import tseslint from 'typescript-eslint'

export default tseslint.config(
  { ignores: ['.next/', 'out/', 'dist/', 'node_modules/', 'coverage/', '.tools/', 'test-results/', 'playwright-report/', 'next-env.d.ts', '**/*.generated.ts'] },
  ...nextVitals,
  ...tseslint.configs.recommended,
  {
    rules: {
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_', caughtErrorsIgnorePattern: '^_' }],
      'no-control-regex': 'off',
      eqeqeq: 'error',
    },
  },
)
