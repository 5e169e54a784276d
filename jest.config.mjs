/** Unit, story, crash, model and bundle tests run in one jest; `tools/test.mjs` says which parts a machine can run. */
const esmOnly =
  '@noble/hashes|temporal-polyfill|temporal-utils|temporal-utils|postal-mime|hono|preact|preact-render-to-string|@preact/signals';
const read = '<rootDir>/tools/jest-transform.mjs';

export default {
  testEnvironment: 'node',
  setupFiles: ['<rootDir>/test/seed.ts'],
  // Worlds are real work: a busy machine must not turn them into failures.
  testTimeout: 120_000,
  testMatch: ['<rootDir>/test/**/*.spec.ts', '<rootDir>/test/**/*.spec.tsx'],
  // Specs by ts-jest; what they load, thousands of lines that tsc has checked, by the faster of the two.
  transform: {
    '\\.spec\\.tsx?$': ['ts-jest', { tsconfig: 'tsconfig.jest.json' }],
    '^.+\\.tsx?$': read,
    [`node_modules/(${esmOnly})/.+\\.m?js$`]: read,
  },
  transformIgnorePatterns: [`node_modules/(?!(${esmOnly})/)`],
  moduleFileExtensions: ['ts', 'tsx', 'js', 'mjs', 'json'],
};
