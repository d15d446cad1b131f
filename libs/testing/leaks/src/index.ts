export { expectCollected } from './expect-collected.ts';
export { LeakError } from './leak-error.ts';
export { leaks } from './leaks.ts';
export { watchEmitter } from './watch-emitter.ts';
export { watchPool, type ConnectionPool } from './watch-pool.ts';
