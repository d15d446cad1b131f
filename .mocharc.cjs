const path = require('node:path');

const specsNamed = process.argv.slice(2).some((argument) => /\.(spec|system)\.ts$/.test(argument));

// One configuration for every project: Mocha looks upwards and finds this file from any of them.
module.exports = {
  extension: ['ts'],
  // Mocha adds the files named on the command line to `spec`, so naming one means leaving the pattern out.
  spec: specsNamed ? [] : ['src/**/*.spec.ts'],
  reporter: path.join(__dirname, 'tools/test/src/mocha-reporter.ts'),
  forbidOnly: true,
  forbidPending: true,
  failZero: true,
};
