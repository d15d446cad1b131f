import { inTest, RunningTest, type Detector } from '#testing/runtime';

type Body = Mocha.Func | Mocha.AsyncFunc;

/**
 * Makes the body of a test or hook run as a {@link RunningTest} under the eyes of the detectors. Mocha sees a function like
 * the one it was given: same `this`, same result, and the callback where the body asks for one.
 */
export function watched(
  body: Body,
  about: { title: string; file: string | undefined },
  detectors: readonly Detector[],
): Body {
  // Mocha has decided by the length of the original whether to hand over a callback.
  return body.length > 0
    ? function (this: Mocha.Context, done: Mocha.Done) {
        const work = (): Promise<void> =>
          new Promise((resolve, reject) => {
            (body as Mocha.Func).call(this, (error?: unknown) =>
              error === undefined || error === null ? resolve() : reject(error),
            );
          });
        watch(work, about, detectors).then(() => done(), done);
      }
    : function (this: Mocha.Context) {
        return watch(() => (body as Mocha.AsyncFunc).call(this), about, detectors);
      };
}

async function watch(
  work: () => unknown,
  about: { title: string; file: string | undefined },
  detectors: readonly Detector[],
): Promise<void> {
  const test = new RunningTest(about);
  await inTest(test, async () => {
    const errors: unknown[] = [];
    const note = (error: unknown): void => void errors.push(error);
    for (const detector of detectors) detector.testBegins?.(test);
    await Promise.race([(async () => work())(), test.failure]).catch(note);
    for (const detector of detectors) await (async () => detector.testEnds?.(test))().catch(note);
    test.end();
    if (errors.length === 1) throw errors[0];
    if (errors.length > 1)
      throw new AggregateError(
        errors,
        errors.map((error) => (error instanceof Error ? error.message : String(error))).join('\n'),
      );
  });
}
