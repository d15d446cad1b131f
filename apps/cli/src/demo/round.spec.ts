import { AsyncTestBase } from '#testing/lifecycle';
import { expect } from 'chai';
import type { ApiDevice, ApiJob, LockstepClient } from '../client/lockstep-client.ts';
import { backUp } from './round.ts';

const device = (name: string): ApiDevice => ({
  id: `id-${name}`,
  name,
  address: '127.0.0.1',
  port: 22,
  model: 'ios',
  version: 1,
  hostKey: null,
  enabled: true,
});
const queued: ApiJob = { id: '', state: 'queued', attempt: 0, result: null, failure: null };
const succeeded: ApiJob = {
  ...queued,
  state: 'succeeded',
  attempt: 1,
  result: { outcome: 'stored', versionId: 'v1', bytes: 7 },
};
const failed: ApiJob = { ...queued, state: 'failed', attempt: 3, failure: { reason: 'The line went dead.' } };

/** A client whose jobs go through the given states, one per question. */
function clientOf(states: Record<string, ApiJob[]>): LockstepClient {
  return {
    requestBackups: async (ids: readonly string[]) => ids.map((deviceId) => ({ deviceId, jobId: `job-${deviceId}` })),
    job: async (id: string) => {
      const left = states[id.replace('job-id-', '')] ?? [];
      return (left.length > 1 ? left.shift() : left[0]) ?? queued;
    },
  } as unknown as LockstepClient;
}

const t = AsyncTestBase.install();

describe('a round of backups', () => {
  it(
    'waits until every job has ended, and sorts the outcomes by device',
    t.test(async ({ clock, signal }) => {
      const client = clientOf({ b: [queued, succeeded], a: [failed] });
      const finished: string[] = [];
      const begun = clock.now().getTime();

      const outcomes = await clock.runUntil(() =>
        backUp(
          { client, clock },
          [device('b'), device('a')],
          { finished: (o) => finished.push(o.device), running: () => {} },
          signal,
        ),
      );

      expect(clock.now().getTime() - begun).to.be.at.most(1_000);
      expect(finished).to.deep.equal(['a', 'b']);
      expect(outcomes).to.deep.equal([
        { device: 'a', model: 'ios', attempts: 3, kind: 'failed', reason: 'The line went dead.' },
        { device: 'b', model: 'ios', attempts: 1, kind: 'stored', versionId: 'v1', bytes: 7 },
      ]);
    }),
  );

  it(
    'gives up after two minutes',
    t.test(async ({ clock, signal }) => {
      const client = clientOf({ a: [queued] });

      const round = backUp({ client, clock }, [device('a')], { finished: () => {}, running: () => {} }, signal).catch(
        (e: unknown) => e,
      );
      await clock.advance(120_000);

      expect(((await round) as Error).message).to.equal('The deadline of 120000 ms has passed.');
    }),
  );
});
