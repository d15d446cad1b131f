const { enableCompileCache } = require('node:module');
const path = require('node:path');

const specsNamed = process.argv.slice(2).some((argument) => /\.(spec|system)\.ts$/.test(argument));

// Compiled once, not by every run: that is more than the test kit costs. The variable is for parallel workers, and for the
// processes that specs start.
process.env.NODE_COMPILE_CACHE ??= path.join(__dirname, 'node_modules/.cache/node-compile');
enableCompileCache(process.env.NODE_COMPILE_CACHE);

// Specs, and the processes that they start, are configured by themselves and not by the shell of whoever runs them.
for (const name of Object.keys(process.env)) {
  if (name.startsWith('LOCKSTEP_') && !/^LOCKSTEP_(TEST_.*|RECORDINGS)$/.test(name)) delete process.env[name];
}

// One configuration for every project: Mocha looks upwards and finds this file from any of them.
module.exports = {
  extension: ['ts'],
  require: [path.join(__dirname, 'libs/testing/mocha/src/plugin.ts')],
  // Mocha adds the files named on the command line to `spec`, so naming one means leaving the pattern out.
  spec: specsNamed ? [] : ['src/**/*.spec.ts'],
  reporter: path.join(__dirname, 'tools/test/src/mocha-reporter.ts'),
  // A machine that is busy is no reason to fail; what hangs is named by the test kit.
  timeout: 5_000,
  forbidOnly: true,
  forbidPending: true,
  failZero: true,
};
