export { processesMentioning } from './processes-mentioning.ts';
export { TemporaryFolder } from './temporary-folder.ts';
export { TestProcess, type Ending, type TestProcessOptions } from './test-process.ts';
