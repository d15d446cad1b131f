import { currentTest } from '#testing/lifecycle';
import { callSite, openCall, runningTest } from '#testing/runtime';

/** Holds up whoever passes until it is opened, which happens once. Those who wait when it is disposed fail. */
export type Gate = Disposable & {
  readonly isOpen: boolean;
  /** How many stand before it now. */
  readonly waiting: number;
  open(): void;
  /** Comes back when the gate is open; rejects when its signal, or the test, ends first. */
  passed(signal?: AbortSignal): Promise<void>;
};

/** A gate that a test opens by hand; it is disposed with the test. `what` names it where someone waits in vain. */
export function gate(what = 'a gate'): Gate {
  const way = Promise.withResolvers<void>();
  way.promise.catch(() => {});
  const state = { isOpen: false, waiting: 0 };
  const own: Gate = {
    get isOpen() {
      return state.isOpen;
    },
    get waiting() {
      return state.waiting;
    },
    open() {
      state.isOpen = true;
      way.resolve();
    },
    async passed(signal) {
      using _open = openCall({ what: `a wait for ${what} to open`, site: callSite(own.passed), test: runningTest() });
      using ending = aborted(signal);
      state.waiting += 1;
      try {
        await Promise.race([way.promise, ending.promise]);
      } finally {
        state.waiting -= 1;
      }
    },
    [Symbol.dispose]: () => way.reject(new Error(`Nobody opened ${what} as long as the test ran.`)),
  };
  currentTest()?.defer(() => own[Symbol.dispose](), `the end of ${what}`);
  return own;
}

function aborted(signal: AbortSignal | undefined): Disposable & { readonly promise: Promise<never> } {
  const { promise, reject } = Promise.withResolvers<never>();
  promise.catch(() => {});
  const onAbort = (): void => reject(signal?.reason);
  if (signal?.aborted === true) onAbort();
  signal?.addEventListener('abort', onAbort, { once: true });
  return { promise, [Symbol.dispose]: () => signal?.removeEventListener('abort', onAbort) };
}
