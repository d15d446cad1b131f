export { AsyncTestBase, type InstalledTest } from './async-test-base.ts';
export { eventually, type Awaited, type Present } from './eventually.ts';
export { TestScope } from './test-scope.ts';
export { withinTime } from './within-time.ts';
