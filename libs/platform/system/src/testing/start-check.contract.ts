import { contract, expectErr, expectOk } from '#kernel/testing';
import { expect } from 'chai';
import { StartCheck } from '../start-check.ts';

export type StartCheckUnderTest = {
  /** The same process, started again: a check that was not made before. */
  readonly check: () => StartCheck;
  /** Makes it find something that it must not start with. */
  readonly spoil: () => Promise<unknown>;
};

const untimed = (): AbortSignal => new AbortController().signal;

/** What every {@link StartCheck} promises. */
export const startCheckContract = contract(
  StartCheck,
  (open: () => Promise<StartCheckUnderTest> | StartCheckUnderTest) => {
    it('lets a process start where nothing is, and start again', async () => {
      const { check } = await open();

      expectOk(await check().check(untimed()));
      expectOk(await check().check(untimed()));
    });

    it('says in sentences what is wrong and what to do', async () => {
      const { check, spoil } = await open();
      await spoil();

      const problem = expectErr(await check().check(untimed()));

      expect(problem).to.match(/^[A-Z][^]+\. [^]+\.$/);
    });

    it('does not look for a caller that has stopped', async () => {
      const { check } = await open();
      const stopped = new Error('stopped by the caller');

      const refused = await check()
        .check(AbortSignal.abort(stopped))
        .catch((reason: unknown) => reason);

      expect(refused).to.equal(stopped);
    });
  },
);
