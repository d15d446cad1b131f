import { outsideTests } from '#testing/runtime';

/**
 * What lives as long as the process does: opened in no test's name by the first who asks. An opening that fails fails all
 * who have asked meanwhile, and is tried again by the next. For what the end of a run need not release; `shared` releases.
 */
export function once<T>(open: () => Promise<T>): () => Promise<T> {
  let opened: Promise<T> | undefined;
  return () =>
    (opened ??= outsideTests(open).catch((error: unknown) => {
      opened = undefined;
      throw error;
    }));
}
