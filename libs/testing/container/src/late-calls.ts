import { callSite, isOn, type RunningTest } from '#testing/runtime';
import type { Interceptor } from './port-call.ts';

/**
 * Refuses the calls of tests that have ended, before they reach the adapter: what they would write is another test's world
 * by then. The test that made the call fails by its name, and the caller gets the same error.
 *
 * Where the context of the call was lost, or is that of another test, the call belongs to `owner`, whose container it is.
 */
export function refuseLateCalls(owner: {
  readonly test: RunningTest | undefined;
  readonly isClosed: () => boolean;
}): Interceptor {
  if (!isOn('late-calls')) return (_, proceed) => proceed();
  return (call, proceed) => {
    // What a hook has opened, such as a server, calls in its name long after it.
    const caller = call.test?.isHook === true ? undefined : call.test;
    const late = caller?.isOver === true ? caller : ownerIsOver(owner) ? (owner.test ?? call.test) : undefined;
    if (late === undefined) return proceed();
    const error = new Error(
      `${call.what} was called by "${late.title}" after it had ended, at ${String(callSite())}. Await the work in the test, or stop it with the test's signal.`,
    );
    late.fail(error);
    throw error;
  };
}

/** A container that was made in a hook serves tests that come after the hook, until it is released. */
function ownerIsOver({ test, isClosed }: Parameters<typeof refuseLateCalls>[0]): boolean {
  return isClosed() && test?.isOver !== false;
}
