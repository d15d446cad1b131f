import { realTimer } from '#testing/runtime';

/** Settles like `work`, or rejects with the name of what took too long. The timer never outlives the work. */
export async function withinTime<T>(
  milliseconds: number,
  what: string | (() => string),
  work: () => Promise<T>,
): Promise<T> {
  const tooLate = Promise.withResolvers<never>();
  using _timer = realTimer(milliseconds, () => {
    const name = typeof what === 'string' ? what : what();
    tooLate.reject(new Error(`${name} took longer than ${milliseconds} ms.`));
  });
  return await Promise.race([work(), tooLate.promise]);
}
