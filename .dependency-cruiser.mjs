// Imports point one way: server → features → records and harvest → connectors → errors, settings and the schema's types.
const server = '^src/(server/|main\\.ts$)'
const features = '^src/(catalog|access|plan|changes|distribution|registration|notices|probe|upload)/'
const engine = '^src/(records|harvest)/'
const connectors = '^(src/connectors|connectors)/'
const tests = '\\.(test|fixture)\\.ts$|/fixture-[a-z-]+\\.ts$|^connectors/drivers/conformance/'

/** A rule of layers; tests may reach anywhere. */
const layer = (name, comment, from, to) => ({
  name,
  severity: 'error',
  comment,
  from: { path: from, pathNot: tests },
  to: { path: to },
})

export default {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'no-orphan-modules',
      severity: 'error',
      comment: 'A module that nothing imports is dead code.',
      from: { orphan: true, pathNot: [tests, '^src/main\\.ts$', '^connectors/drivers/[a-z-]+/driver\\.ts$'] },
      to: {},
    },
    {
      name: 'not-resolvable',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
    layer('features-below-server', 'Features know nothing of HTTP.', features, server),
    layer(
      'engine-below-features',
      'Records and the harvest know nothing of features.',
      engine,
      `${server}|${features}`,
    ),
    layer(
      'connectors-below-engine',
      'Reading sources knows nothing of storing them.',
      connectors,
      `${server}|${features}|^src/harvest/|^src/records/(?!schema/)`,
    ),
    layer(
      'errors-at-the-bottom',
      'Errors and settings import nothing of ours.',
      '^src/(errors|settings)/',
      '^(connectors/|examples/|src/(?!errors/|settings/))',
    ),
    layer(
      'schema-types-below-storage',
      'What a record type is does not depend on how it is stored or queried.',
      '^src/records/schema/',
      '^src/records/(?!schema/)',
    ),
    layer(
      'samples-stand-alone',
      'Sample agencies are other systems: they share nothing with the gateway.',
      '^examples/',
      '^(src|connectors)/',
    ),
    {
      name: 'no-tests-in-the-product',
      severity: 'error',
      from: { path: '^(src|connectors|examples)/', pathNot: tests },
      to: { path: tests },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(node_modules|dist|bench)/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default', 'types'] },
  },
}
