import { callSite, runningTest } from '#testing/runtime';
import { enter } from './ledger.ts';

/**
 * Says that `instance` must not outlive the test that runs now: `const session = expectCollected(new Session())`. The test
 * fails when the garbage collector cannot take it after the test's end, because something still refers to it. A class says
 * it of every instance by `expectCollected(this)` in the constructor of a subclass for tests.
 *
 * Each such test costs a full collection, which takes milliseconds. Outside of a test nothing is expected.
 */
export function expectCollected<T extends object>(instance: T): T {
  const owner = runningTest();
  if (owner === undefined) return instance;
  const reference = new WeakRef(instance);
  enter({
    owner,
    what: `a live instance of ${instance.constructor.name}`,
    // Put into words at once: a stack that is not refers to the objects of its frames, and so to the instance.
    place: String(callSite(expectCollected)),
    advice: 'let go of it, wherever it is still referred to: listeners, timers, caches',
    isOpen: () => {
      collectGarbage();
      return reference.deref() !== undefined;
    },
  });
  return instance;
}

let collect: (() => void) | undefined;

function collectGarbage(): void {
  if (collect === undefined) {
    // Loaded when it is needed: most specs never do.
    const { setFlagsFromString } = process.getBuiltinModule('node:v8');
    const { runInNewContext } = process.getBuiltinModule('node:vm');
    setFlagsFromString('--expose-gc');
    collect = runInNewContext('gc') as () => void;
    setFlagsFromString('--no-expose-gc');
  }
  collect();
}
