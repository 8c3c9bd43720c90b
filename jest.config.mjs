export default {
  testEnvironment: 'node',
  testMatch: ['<rootDir>/{src,connectors,examples,test}/**/*.test.ts'],
  extensionsToTreatAsEsm: ['.ts'],
  transform: { '^.+\\.ts$': ['@swc/jest'] },
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  modulePathIgnorePatterns: ['<rootDir>/dist', '<rootDir>/bench/node_modules', '<rootDir>/data'],
  globalSetup: '<rootDir>/test/support/start-postgres.mjs',
  globalTeardown: '<rootDir>/test/support/stop-postgres.mjs',
  // Hooks harvest whole agencies. One that a busy machine does not finish in time is given up with all that it has opened.
  testTimeout: 120_000,
  maxWorkers: 2,
  // A test that fails half-way leaves things open, and must not keep the whole run waiting.
  forceExit: true,
}
