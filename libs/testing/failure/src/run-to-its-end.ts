import { intercepted } from '#testing/container';
import type { AsyncTestBase } from '#testing/lifecycle';
import type { Injection } from './injection.ts';
import { outcomeOf, outcomeOfThrown, type WorkflowOutcome } from './workflow-outcome.ts';

/**
 * Runs `work` until it ends, dies, or ignores that its signal has aborted: at the deadline, in milliseconds of the test's
 * clock, whose time passes meanwhile, or by the fault. Rejects only where the test itself has been stopped.
 */
export async function runToItsEnd(
  test: AsyncTestBase,
  work: (signal: AbortSignal) => unknown,
  { deadline, injection }: { readonly deadline: number; readonly injection: Injection },
): Promise<WorkflowOutcome> {
  let own = injection.signal;
  const begin = async (signal: AbortSignal): Promise<WorkflowOutcome> => {
    own = AbortSignal.any([signal, injection.signal]);
    const ended = async (): Promise<WorkflowOutcome> => outcomeOf(await intercepted(injection, () => work(own)));
    return Promise.race([ended(), injection.death.then((): WorkflowOutcome => ({ ended: 'died' }))]);
  };
  try {
    const limited = await test.limit(deadline, begin);
    if (limited.kind === 'ignored the abort') return { ended: limited.kind, inFlight: limited.inFlight };
    // The deadline is the second abort then: it has gone on after the first.
    if (limited.kind !== 'done' && injection.signal.aborted) return { ended: 'ignored the abort', inFlight: [] };
    return limited.kind === 'timed out' ? outcomeOfThrown(limited.reason, own) : limited.value;
  } catch (error) {
    test.signal.throwIfAborted();
    return outcomeOfThrown(error, own);
  }
}
