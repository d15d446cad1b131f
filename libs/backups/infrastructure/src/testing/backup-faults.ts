import { sequentialId } from '#kernel/testing';
import { everyFault, type FaultPlan, type FaultTrial } from '#testing/failure';
import type { InstalledTest } from '#testing/lifecycle';
import { expect } from 'chai';
import type { BackupTest } from './backup-test.ts';
import { expectSoundHistory } from './expect-sound-history.ts';

const jobId = sequentialId<'Job'>(900);

/**
 * A run, as the worker carries it out under its lease, and the next attempt of the same job where it has not come to its end.
 * In between, what is listed can be read.
 */
export const attempts: Pick<FaultPlan<BackupTest>, 'workflow' | 'recover'> = {
  workflow: ({ run, jobs }, { signal }) => run({ lease: jobs.claim(jobId), signal }),
  recover: async (test, { signal, outcome }) => {
    const { run, jobs, versions } = test;
    await expectSoundHistory(test, { versions: (await versions()).length });
    if (outcome.ended === 'returned') return undefined;
    expect(jobs.takeBack(jobId), 'the job is free to be taken').to.equal(true);
    return run({ lease: jobs.claim(jobId), signal });
  },
};

/** What holds wherever a run fails, is stopped or dies, when its job is taken up again; of a device that is called core-1. */
export function backupFaults(t: InstalledTest<BackupTest>): void {
  it(
    'make one version of a configuration, and keep its content once',
    everyFault(t, {
      ...attempts,
      holds: async (test, trial) => {
        expectStoredOnce(trial);
        await expectSoundHistory(test, { versions: 1 });
        expect(await test.contentsStored()).to.equal(1);
      },
    }),
  );

  it(
    'add one version to a history, and leave what was there as it was',
    everyFault(t, {
      ...attempts,
      given: async ({ run, versions, rename, history }) => {
        await run();
        history.push(...(await versions()));
        rename('core-9');
      },
      holds: async (test, trial) => {
        expectStoredOnce(trial);
        await expectSoundHistory(test, { versions: 2 });
        expect((await test.versions()).slice(1)).to.deep.equal(test.history);
        expect(await test.contentsStored()).to.equal(2);
      },
    }),
  );

  it(
    'add nothing for a device that has not changed',
    everyFault(t, {
      ...attempts,
      given: async ({ run, versions, history }) => {
        await run();
        history.push(...(await versions()));
      },
      holds: async (test, trial) => {
        expect(outcomeOf(trial)).to.equal('unchanged');
        expect((await test.status())?.consecutiveFailures).to.equal(0);
        expect(await test.versions()).to.deep.equal(test.history);
        expect(await test.contentsStored()).to.equal(1);
      },
    }),
  );
}

/** One of the attempts has stored it: the first only where nothing but the answer of its transaction was lost. */
export function expectStoredOnce(trial: FaultTrial): void {
  const { faulted } = trial;
  const isLost = faulted?.what === 'BackupsTransaction.run' && faulted.fault.endsWith('-after');
  expect(outcomeOf(trial)).to.equal(isLost ? 'unchanged' : 'stored');
}

/** What the attempt has come to that reached its end. */
function outcomeOf({ outcome, recovered }: FaultTrial): unknown {
  const last = outcome.ended === 'returned' ? outcome : recovered;
  return last?.ended === 'returned' ? (last.value as { value: { outcome: string } }).value.outcome : last?.ended;
}
