export { assertNever } from './assert-never.ts';
export { abortable, isCancellation } from './cancellation.ts';
export { Clock, DeadlineExceeded, type Deadline } from './clock.ts';
export { Ids, parseId, type Id, type InvalidId } from './ids.ts';
export { err, ok, type Err, type Ok, type Result } from './result.ts';
export { Secret } from './secret.ts';
