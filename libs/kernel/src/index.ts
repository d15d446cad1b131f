export { assertNever } from './assert-never.ts';
export { abortable, isCancellation } from './cancellation.ts';
export { Clock, DeadlineExceeded, type Deadline } from './clock.ts';
export { Ids, parseId, type Id, type InvalidId } from './ids.ts';
export type { Json } from './json.ts';
export { err, ok, type Err, type Ok, type Result } from './result.ts';
export { Secret } from './secret.ts';
export { Transaction, type OpenTransaction } from './transaction.ts';
