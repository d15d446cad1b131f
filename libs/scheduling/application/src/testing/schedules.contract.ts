import { ok, type Result } from '#kernel';
import { contract, expectErr, expectOk, sequentialId, type ManualClock } from '#kernel/testing';
import { Schedule, type ScheduleSnapshot } from '#scheduling/domain';
import { race, type RaceOptions } from '#testing/concurrency';
import { expect } from 'chai';
import { Schedules } from '../schedules/ports/schedules.ts';
import type { SchedulesStores, SchedulesTransaction } from '../schedules/ports/schedules-transaction.ts';
import { aSchedule } from './a-schedule.ts';

/** A store with no schedule in it, whose time is the clock's. */
export type SchedulesUnderTest = {
  readonly transaction: SchedulesTransaction;
  readonly clock: Pick<ManualClock, 'now' | 'advance'>;
  /** The test's. */
  readonly signal: AbortSignal;
  /** Where the schedules are, if that is a database: its races are put to the test there. */
  readonly database?: RaceOptions['on'];
};

const HOUR = 3_600_000;

/** The schedules with the few calls that every test of them makes. */
function start({ transaction, signal, ...rest }: SchedulesUnderTest) {
  const within = <T, E>(work: (stores: SchedulesStores) => Promise<Result<T, E>>): Promise<Result<T, E>> =>
    transaction.run(work, signal);
  const insert = (schedule: Schedule) => within(({ schedules }) => schedules.insert(schedule));
  const insertAll = async (...facts: Partial<ScheduleSnapshot>[]) => {
    for (const fact of facts) expectOk(await insert(aSchedule(fact)));
  };
  const stored = async (position = 1) =>
    expectOk(await within(async ({ schedules }) => ok(await schedules.find(sequentialId(position)))))?.snapshot() ??
    null;
  const rename = (position: number, name: string) =>
    within(async ({ schedules }) => {
      const found = (await schedules.find(sequentialId(position)))?.snapshot() ?? expect.fail('It is gone.');
      return schedules.update(Schedule.restore({ ...found, name }));
    });
  return { ...rest, signal, transaction, within, insert, insertAll, stored, rename };
}

const named = (position: number, facts: Partial<ScheduleSnapshot> = {}): Partial<ScheduleSnapshot> => ({
  id: sequentialId(position),
  name: `schedule ${position}`,
  ...facts,
});
const at = (hour: number): Date => new Date(Date.UTC(2026, 0, 1, hour));

/** What all {@link Schedules} promise inside their transaction. */
export const schedulesContract = contract(Schedules, (open: () => SchedulesUnderTest) => {
  it('gives a schedule back as it was inserted', async () => {
    const { insert, stored } = start(open());
    const schedule = aSchedule({
      job: { type: 'test.run', payload: { some: ['facts', null] }, priority: 9, deadlineMs: 60_000 },
      lastRun: { tick: at(3), jobId: sequentialId(7) },
      refusal: { reason: 'The queue is full.', at: at(4), times: 2, retryAt: at(5) },
      nextTick: at(4),
      version: 3,
    });
    const paused = aSchedule({ id: sequentialId(2), name: 'paused', state: 'paused', nextTick: null });

    expectOk(await insert(schedule));
    expectOk(await insert(paused));

    expect([await stored(1), await stored(2)]).to.deep.equal([schedule.snapshot(), paused.snapshot()]);
  });

  it('gives a schedule back as it was updated', async () => {
    const { insertAll, stored, within } = start(open());
    await insertAll({});
    const changed = aSchedule({ name: 'at night', nextTick: at(9), version: 2, changedAt: at(1) });

    await within(async ({ schedules }) => {
      await schedules.find(sequentialId(1));
      return schedules.update(changed);
    });

    expect(await stored()).to.deep.equal(changed.snapshot());
  });

  it('finds nothing where there is no schedule, and removes one once', async () => {
    const { insertAll, stored, within } = start(open());
    await insertAll({});
    const remove = async () =>
      expectOk(await within(async ({ schedules }) => ok(await schedules.remove(sequentialId(1)))));

    expect([await remove(), await remove(), await stored()]).to.deep.equal([true, false, null]);
  });

  it('goes by its own time', async () => {
    const { within, clock } = start(open());

    const now = expectOk(await within(async ({ schedules }) => ok(await schedules.now())));

    expect(now).to.deep.equal(clock.now());
  });

  it('refuses a name that another schedule has, until it is given up', async () => {
    const { insertAll, insert, rename } = start(open());
    await insertAll(named(1), named(2));
    const refusal = { kind: 'ScheduleNameTaken', name: 'schedule 1' };

    expect(expectErr(await insert(aSchedule(named(3, { name: 'schedule 1' }))))).to.deep.equal(refusal);
    expect(expectErr(await rename(2, 'schedule 1'))).to.deep.equal(refusal);
    expectOk(await rename(1, 'schedule 9'));
    expectOk(await rename(2, 'schedule 1'));
  });

  it('has once what is inserted twice', async () => {
    const { within, database, ...rest } = start(open());

    const schedule = aSchedule();
    const inserted = await within(async ({ schedules }) => {
      await schedules.insert(schedule);
      return schedules.insert(schedule);
    });

    expectOk(inserted);
    expect(await rest.stored()).to.have.property('version', 1);
  });

  it('gives a name to one of eight that want it at once', async () => {
    const { insert, database } = start(open());

    const ends = await race(8, ({ index }) => insert(aSchedule({ id: sequentialId(index + 1) })), {
      ...(database && { on: database }),
    });

    ends.expect({ fulfilled: 1, 'refused ScheduleNameTaken': 7 });
  });

  it('answers what is due for the longest time, and nothing that is not due', async () => {
    const { insertAll, within, clock } = start(open());
    const refusal = { reason: 'The queue is full.', at: at(1), times: 1, retryAt: at(5) };
    await insertAll(
      named(1, { nextTick: at(3) }),
      named(2, { nextTick: at(2) }),
      named(3, { nextTick: at(1), refusal }),
      named(4, { nextTick: null, state: 'paused' }),
    );

    const due: unknown[] = [];
    for (let hour = 0; hour < 6; hour += 1) {
      await within(async ({ schedules }) => {
        const schedule = await schedules.nextDue();
        due.push(schedule?.snapshot().name ?? null);
        if (schedule === null) return ok();
        return schedules.update(Schedule.restore({ ...schedule.snapshot(), nextTick: null, refusal: null }));
      });
      await clock.advance(HOUR);
    }

    expect(due).to.deep.equal([null, null, 'schedule 2', 'schedule 1', null, 'schedule 3']);
  });

  it('hands each of several schedulers another schedule, and none to those that come too late', async () => {
    const { insertAll, within, clock } = start(open());
    await insertAll(named(1, { nextTick: at(1) }), named(2, { nextTick: at(2) }));
    await clock.advance(2 * HOUR);

    const takeThen = async (then: () => Promise<readonly unknown[]>): Promise<readonly unknown[]> =>
      expectOk(
        await within(async ({ schedules }) => {
          const taken = (await schedules.nextDue())?.snapshot().id ?? null;
          return ok([taken, ...(await then())]);
        }),
      );
    const taken = await takeThen(() => takeThen(() => takeThen(async () => [])));

    expect(taken).to.deep.equal([sequentialId(1), sequentialId(2), null]);
  });

  it('keeps others waiting who want what a transaction has found, and shows them what it has done', async () => {
    const { insertAll, within, stored } = start(open());
    await insertAll({});
    let seenByOther: Promise<ScheduleSnapshot | null> = Promise.resolve(null);

    const changed = await within(async ({ schedules }) => {
      await schedules.find(sequentialId(1));
      seenByOther = stored();
      await schedules.now();
      return schedules.update(aSchedule({ version: 2 }));
    });

    expectOk(changed);
    expect(await seenByOther).to.have.property('version', 2);
  });
});
