// dependency-cruiser's swc reader never turns on tsx, and would give up on the window's files.
const swc = require('@swc/core');
const parseFile = swc.parseFileSync.bind(swc);
Object.defineProperty(swc, 'parseFileSync', {
  value: (file, options) => parseFile(file, { ...options, tsx: file.endsWith('x') }),
  enumerable: true,
  configurable: true,
  writable: true,
});

// The architecture, as data: who may import whom. Each line is one row of the table in docs/architecture.md.
// A folder may always import itself; whatever a line does not name is forbidden.

const engineFolders = [
  'core',
  'api',
  'plan',
  'parser',
  'functions',
  'analysis',
  'compile',
  'duckdb',
  'sources',
  'sinks',
  'display',
  'state',
  'checkpoint',
  'microbatch',
];
const engine = (...names) => names.map((name) => `engine/${name}`);
const shells = ['main/shell', 'main/web', 'main/cli'];
const hostParts = ['contract', 'kernel', 'connectors', 'services', 'workspace', 'grading'].map(
  (name) => `main/${name}`,
);
// What an exercise may say in the contract's words: how a guide, a chart and a check's result look.
const exerciseContract = 'main/contract/(guide|chart|check)';

const table = [
  ['engine/core', []],
  ['engine/api', engine('core')],
  ['engine/plan', engine('core')],
  ['engine/parser', engine('core', 'plan')],
  ['engine/functions', engine('core', 'plan')],
  ['engine/analysis', engine('core', 'plan', 'functions', 'parser')],
  ['engine/compile', engine('core', 'plan', 'functions')],
  ['engine/duckdb', engine('core')],
  ['engine/sources', engine('core', 'api', 'functions')],
  ['engine/sinks', engine('core', 'api', 'functions', 'display')],
  ['engine/display', engine('core', 'api')],
  ['engine/state', engine('core', 'api', 'plan', 'functions', 'compile', 'duckdb')],
  ['engine/checkpoint', engine('core', 'api', 'plan', 'duckdb')],
  ['engine/microbatch', engine(...engineFolders)],
  ['engine/session', engine(...engineFolders)],
  ['main/contract', engine('api', 'core')],
  ['main/host', [...hostParts, 'engine', 'exercises']],
  ['main/kernel', engine('core', 'api', 'plan')],
  ['main/connectors', engine('api', 'core')],
  ['main/services', engine('api', 'core'), 'main/services/relational'],
  ['main/services/relational', ['main/services', ...engine('api', 'core', 'duckdb')]],
  ['main/workspace', [...engine('api', 'core'), 'main/contract', 'exercises']],
  ['main/grading', [...engine('api', 'core'), 'main/contract', 'exercises', 'main/workspace']],
  ...shells.map((shell) => [shell, ['main/host', 'main/contract']]),
  ['renderer', ['main/contract', ...engine('api', 'core')]],
  ['exercises', ['engine/api', exerciseContract]],
  ['scripts', ['main/host', 'main/grading', 'exercises']],
];

const ours = '^(engine|main|renderer|exercises|scripts|tests|bench|packaging)/';
const within = (folder) => `^${folder}([/.-]|$)`;

const mayImport = ([folder, allowed, exceptFrom]) => ({
  name: `${folder} may import ${allowed.join(', ') || 'nothing of ours'}`,
  severity: 'error',
  from: { path: `^${folder}/`, ...(exceptFrom ? { pathNot: `^${exceptFrom}/` } : {}) },
  to: { path: ours, pathNot: [folder, ...allowed].map(within) },
});

/** A package of others that only some folders of ours may know. */
const onlyFrom = (packages, ...folders) => ({
  name: `${packages.join(', ')} only from ${folders.join(', ')}`,
  severity: 'error',
  from: { path: ours, pathNot: ['^tests/', ...folders.map((folder) => `^${folder}/`)] },
  to: { path: packages.map((name) => `(^|node_modules/)${name}(/|$)`) },
});

module.exports = {
  forbidden: [
    ...table.map(mayImport),
    onlyFrom(['@duckdb/node-api'], 'engine/duckdb'),
    onlyFrom(['electron'], 'main/shell'),
    onlyFrom(['react', 'react-dom', 'recharts', '@codemirror', 'lucide-react'], 'renderer'),
    {
      name: 'renderer imports no node: module',
      severity: 'error',
      from: { path: '^renderer/' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'every import resolves',
      severity: 'error',
      from: { path: ours },
      to: { couldNotResolve: true, pathNot: '^electron$' },
    },
  ],
  options: {
    parser: 'swc',
    tsPreCompilationDeps: true,
    detectJSDocImports: false,
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(dist|tests/conformance/programs)/' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
      extensions: ['.ts', '.tsx', '.mjs', '.cjs', '.js', '.json'],
    },
  },
};
