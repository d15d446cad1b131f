import type { OutcomeTable } from '#testing/concurrency';
import { expect } from 'chai';

/** A worker either does what it wants to, or learns that its lease is lost; nothing else is known to it. */
export function expectDoneOrLost(ends: OutcomeTable, worker: string): void {
  const outcome = ends.of(worker);
  expect('kind' in outcome ? outcome.kind : outcome.ended).to.be.oneOf(['fulfilled', 'LeaseLost']);
}
