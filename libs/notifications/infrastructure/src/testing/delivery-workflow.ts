import {
  NotificationsReader,
  NotificationsTransaction,
  PruneEvents,
  ResumeDeliveries,
} from '#notifications/application';
import { ok } from '#kernel';
import { LeaseLost } from '#scheduling/contracts';
import type { InstalledTest } from '#testing/lifecycle';
import { expect } from 'chai';
import { RECEIVER, type WiredNotificationsTest } from './wired-notifications-test.ts';

const HOUR = 3_600_000;

/** What becomes of deliveries as time goes by, whatever the adapters. */
export function deliveryWorkflow(t: InstalledTest<WiredNotificationsTest>): void {
  it(
    'are tried eight times over more than half a day, and then are dead',
    t.test(async ({ delivery, transport, jobs, attempt, only, clock }) => {
      const { id } = await delivery();
      transport.place(RECEIVER, { status: 500 });

      const outcomes = [];
      for (let count = 0; count < 8; count += 1) {
        const [jobId, job] = [...jobs.submitted].at(-1)!;
        await clock.advance(Math.max(0, job.dueAt!.getTime() - clock.now().getTime()));
        outcomes.push(await attempt(jobs.claim(jobId)));
      }

      expect(outcomes).to.deep.equal([...Array<string>(7).fill('retry'), 'dead']);
      expect(await only()).to.include({ state: 'dead', attempts: 8, lastAnswer: 'status 500' });
      expect(transport.received.map((message) => message.id)).to.deep.equal(Array<string>(8).fill(id));
      expect(jobs.submitted.size).to.equal(8);
    }),
  );

  it(
    'end with their subscription when its receiver is gone',
    t.test(async ({ delivery, transport, record, publish, jobs, attempt, deliveries }) => {
      const { subscriptionId } = await delivery();
      await record();
      await publish();
      transport.place(RECEIVER, { status: 410 });
      const [one, other] = [...jobs.submitted.keys()];

      const outcomes = [await attempt(jobs.claim(one!)), await attempt(jobs.claim(other!))];

      expect(outcomes).to.deep.equal(['gone', 'dead']);
      expect((await deliveries(subscriptionId)).map(({ lastAnswer }) => lastAnswer)).to.deep.equal([
        'the subscription is not active',
        'status 410',
      ]);
      expect(transport.received).to.have.lengthOf(1);
    }),
  );

  it(
    'are not counted by a worker that has lost its lease',
    t.test(async ({ delivery, jobs, attempt, only }) => {
      await delivery();
      const [jobId] = [...jobs.submitted.keys()];
      const early = jobs.claim(jobId!);
      jobs.claim(jobId!);

      const outcome = await attempt(early).catch((error: unknown) => error);

      expect(outcome).to.be.instanceOf(LeaseLost);
      expect(await only()).to.include({ state: 'waiting', attempts: 0 });
    }),
  );

  it(
    'wait where they are when the attempt is stopped',
    t.test(async ({ delivery, transport, jobs, attempt, only, limit }) => {
      await delivery();
      transport.place(RECEIVER, 'hangs');
      const lease = jobs.claim([...jobs.submitted.keys()][0]!);

      const outcome = await limit(5_000, (signal) => attempt(lease, signal));

      expect(outcome.kind).to.equal('timed out');
      expect(await only()).to.include({ state: 'waiting', attempts: 0 });
    }),
  );

  it(
    'are asked for once more when nobody has attempted them for an hour',
    t.test(async ({ get, delivery, jobs, clock, attempt, only, signal, transport }) => {
      await delivery();
      const resume = new ResumeDeliveries(await get(NotificationsTransaction), clock);

      const resumed = [];
      for (const pause of [HOUR, 1, 1]) {
        await clock.advance(pause);
        resumed.push(await resume.execute({ limit: 10 }, { signal }));
      }
      const outcomes = [];
      for (const jobId of [...jobs.submitted.keys()]) outcomes.push(await attempt(jobs.claim(jobId)));

      expect(resumed).to.deep.equal([0, 1, 0]);
      expect(outcomes).to.deep.equal(['delivered', 'superseded']);
      expect(await only()).to.include({ state: 'delivered', attempts: 1 });
      expect(transport.received).to.have.lengthOf(1);
    }),
  );

  it(
    'go with their events after thirty days',
    t.test(async ({ get, delivery, record, publish, jobs, attempt, deliveries, clock, signal }) => {
      const { subscriptionId } = await delivery();
      await attempt(jobs.claim([...jobs.submitted.keys()][0]!));
      await record();
      await publish();
      const prune = new PruneEvents(await get(NotificationsTransaction), clock);

      const pruned = [];
      for (const pause of [720 * HOUR, 1, 1]) {
        await clock.advance(pause);
        pruned.push(await prune.execute({ limit: 10 }, { signal }));
      }

      expect(pruned).to.deep.equal([0, 1, 0]);
      expect(await deliveries(subscriptionId)).to.have.lengthOf(1);
    }),
  );

  it(
    'fail, and go on, while the secret of their subscription cannot be read',
    t.test(async ({ get, delivery, jobs, attempt, only, clock, signal, transport }) => {
      const { subscriptionId } = await delivery();
      const transaction = await get(NotificationsTransaction);
      await transaction.run(async ({ subscriptions }) => {
        const subscription = await subscriptions.lock(subscriptionId);
        const secret = { keyId: 'lost', bytes: Uint8Array.of(1) };
        subscription?.rotate({ basedOn: 1, secret }, new Date(clock.now().getTime() - 48 * HOUR));
        await subscriptions.update(subscription!);
        return ok();
      }, signal);

      const outcome = await attempt(jobs.claim([...jobs.submitted.keys()][0]!));

      expect(outcome).to.equal('retry');
      expect(await only()).to.include({ attempts: 1, lastAnswer: 'its secret cannot be read' });
      expect(transport.received).to.deep.equal([]);
      const reader = await get(NotificationsReader);
      expect((await reader.subscription(subscriptionId, signal))?.failingSince).to.deep.equal(clock.now());
    }),
  );
}
