import { outsideTests } from './running-test.ts';
import { together } from './together.ts';

type Release = () => unknown;

const releases: Release[] = [];

/**
 * What takes long to make and serves many tests, such as a server or the copy of a large file: opened by the first test that
 * asks, in no test's name, and released at the end of the run, newest first. Whoever uses it must leave it as it was.
 *
 * An opening that fails fails every test that asked for it meanwhile; the next one tries again.
 */
export function shared<R>(open: () => R | Promise<R>, release: (resource: R) => unknown): () => Promise<R> {
  let opened: Promise<R> | undefined;
  const first = async (): Promise<R> => {
    const resource = await open();
    releases.push(() => {
      opened = undefined;
      return release(resource);
    });
    return resource;
  };
  return () =>
    (opened ??= outsideTests(first).catch((error: unknown) => {
      opened = undefined;
      throw error;
    }));
}

/** Ends what is shared, all of it, whatever fails. The Mocha plugin calls it when the last test has ended. */
export async function releaseShared(): Promise<void> {
  const errors: unknown[] = [];
  for (let release = releases.pop(); release !== undefined; release = releases.pop()) {
    await Promise.try(release).catch((error: unknown) => errors.push(error));
  }
  if (errors.length > 0) throw together(errors, 'What tests shared was not released');
}
