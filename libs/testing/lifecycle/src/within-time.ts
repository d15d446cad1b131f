import { setTimeout as after } from 'node:timers/promises';

/** Settles like `work`, or rejects with the name of what took too long. The timer never outlives the work. */
export async function withinTime<T>(milliseconds: number, what: string, work: () => Promise<T>): Promise<T> {
  const done = new AbortController();
  const tooLate = after(milliseconds, undefined, { signal: done.signal }).then(() => {
    throw new Error(`${what} took longer than ${milliseconds} ms.`);
  });
  try {
    return await Promise.race([work(), tooLate]);
  } finally {
    tooLate.catch(() => {});
    done.abort();
  }
}
