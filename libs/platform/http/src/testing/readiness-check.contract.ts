import { contract, expectErr, expectOk } from '#kernel/testing';
import { expect } from 'chai';
import { ReadinessCheck } from '../readiness-check.ts';

export type ReadinessCheckUnderTest = {
  readonly check: ReadinessCheck;
  /** Takes away something that it looks for. */
  readonly spoil: () => Promise<unknown>;
};

const untimed = (): AbortSignal => new AbortController().signal;

/** What every {@link ReadinessCheck} promises. */
export const readinessCheckContract = contract(ReadinessCheck, (open: () => Promise<ReadinessCheckUnderTest>) => {
  it('is ready while all that it looks for is there, and has a name for it', async () => {
    const { check } = await open();

    expectOk(await check.check(untimed()));

    expect(check.name).to.match(/^[a-z][a-z-]*$/);
  });

  it('says in a sentence what is missing', async () => {
    const { check, spoil } = await open();
    await spoil();

    const missing = expectErr(await check.check(untimed()));

    expect(missing).to.match(/^[A-Z].+\.$/);
  });

  it('does not look for a caller that has stopped', async () => {
    const { check } = await open();
    const stopped = new Error('stopped by the caller');

    const refused = await check.check(AbortSignal.abort(stopped)).catch((reason: unknown) => reason);

    expect(refused).to.equal(stopped);
  });
});
