export { AsyncTestBase, type InstalledTest } from './async-test-base.ts';
export type { Part } from './part.ts';
export { eventually, type Awaited, type Present } from './eventually.ts';
export { TestScope, type CleanUp, type Outcome } from './test-scope.ts';
export { withinTime } from './within-time.ts';
