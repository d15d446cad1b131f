import { AsyncLocalStorage } from 'node:async_hooks';
import type { LogFields } from './logger.ts';

const context = new AsyncLocalStorage<LogFields>();

/** Does `work`, and lets every line that is written meanwhile carry `fields`: the id of the request, of the job. */
export function withLogFields<T>(fields: LogFields, work: () => T): T {
  return context.run({ ...context.getStore(), ...fields }, work);
}

/** The fields of the work that is going on. */
export function currentLogFields(): LogFields {
  return context.getStore() ?? {};
}
