import { expectOk, sequentialId } from '#kernel/testing';
import { ChangeSchedule, PauseSchedule, ResumeSchedule } from '#scheduling/application';
import { aScheduleText } from '#scheduling/application/testing';
import type { MissedRuns } from '#scheduling/domain';
import { race } from '#testing/concurrency';
import { cases, type InstalledTest } from '#testing/lifecycle';
import { expect } from 'chai';
import { hourly, hourMs, type WiredSchedulesTest } from './wired-schedules-test.ts';

const DAY = 24 * hourMs;

/** What schedules do, whatever the adapters. */
export function scheduleWorkflows(t: InstalledTest<WiredSchedulesTest>): void {
  it(
    'submit the job of each tick when it has come, and not before',
    t.test(async ({ scheduled, fire, clock, jobs, schedule, journal }) => {
      const job = { type: 'test.run', payload: { of: 'it' }, priority: 9, maxAttempts: 1, timeoutMs: 5_000 };
      const { id } = await scheduled({ job });

      await clock.advance(hourMs - 1);
      const before = await fire();
      await clock.advance(1);
      const [due, again] = [await fire(), await fire()];

      const tick = new Date('2026-01-01T01:00:00Z');
      expect([before, due, again]).to.deep.equal([0, 1, 0]);
      const [submitted] = await jobs();
      expect(submitted).to.deep.include({
        ...job,
        dueAt: tick,
        idempotencyKey: `schedule/${id}/${tick.toISOString()}`,
      });
      expect(await schedule(id)).to.deep.include({
        nextTick: new Date('2026-01-01T02:00:00Z'),
        lastRun: { tick, jobId: submitted?.id },
        version: 1,
      });
      expect(journal.events).to.deep.equal([
        { kind: 'ScheduleRan', scheduleId: id, name: 'every hour', tick, jobId: submitted?.id },
      ]);
    }),
  );

  const downtimes: Readonly<Record<string, readonly [missed: MissedRuns, hours: number, ticks: readonly string[]]>> = {
    'none after an hour by skip': [{ policy: 'skip' }, 1.5, []],
    'none after a day by skip': [{ policy: 'skip' }, 24.5, []],
    'the one that has just come by skip': [{ policy: 'skip' }, 24, ['2026-01-02T00:00']],
    'one after an hour by once': [{ policy: 'once' }, 1.5, ['2026-01-01T01:00']],
    'the latest after a day by once': [{ policy: 'once' }, 24.5, ['2026-01-02T00:00']],
    'the latest after thirty days by once': [{ policy: 'once' }, 720.5, ['2026-01-31T00:00']],
    'all of an hour by all': [{ policy: 'all', atMost: 3 }, 1.5, ['2026-01-01T01:00']],
    'the latest three of a day by all': [
      { policy: 'all', atMost: 3 },
      24.5,
      ['2026-01-01T22:00', '2026-01-01T23:00', '2026-01-02T00:00'],
    ],
    'the latest two of thirty days by all': [
      { policy: 'all', atMost: 2 },
      720.5,
      ['2026-01-30T23:00', '2026-01-31T00:00'],
    ],
  };
  for (const [title, [missed, hours, expected]] of cases('make up for {case}, and go on', downtimes)) {
    it(
      title,
      t.test(async ({ scheduled, fire, clock, ticks, schedule }) => {
        const { id } = await scheduled(hourly(missed));

        await clock.advance(hours * hourMs);
        await fire();

        expect(await ticks()).to.deep.equal(expected);
        expect((await schedule(id)).nextTick?.getTime()).to.be.above(clock.now().getTime());
        expect(await fire()).to.equal(0);
      }),
    );
  }

  it(
    'tell what they leave out',
    t.test(async ({ scheduled, fire, clock, journal }) => {
      await scheduled(hourly({ policy: 'skip' }));
      await scheduled({ name: 'once', ...hourly({ policy: 'once' }) });

      await clock.advance(2.5 * hourMs);
      await fire();

      expect(journal.kinds).to.have.members(['TicksMissed', 'TicksMissed', 'ScheduleRan']);
      const from = new Date('2026-01-01T01:00:00Z');
      expect(journal.events.filter(({ kind }) => kind === 'TicksMissed')).to.deep.equal([
        { kind: 'TicksMissed', scheduleId: sequentialId(1), name: 'every hour', from, until: clock.now() },
        {
          kind: 'TicksMissed',
          scheduleId: sequentialId(3),
          name: 'once',
          from,
          until: new Date('2026-01-01T02:00:00Z'),
        },
      ]);
    }),
  );

  it(
    'deal with no more ticks than they are asked to, and with the others the next time',
    t.test(async ({ scheduled, fire, clock, ticks }) => {
      await scheduled(hourly({ policy: 'all', atMost: 100 }));
      await clock.advance(3 * hourMs);

      const rounds = [await fire({ limit: 2 }), await fire({ limit: 2 }), await fire({ limit: 2 })];

      expect(rounds).to.deep.equal([2, 1, 0]);
      expect(await ticks()).to.deep.equal(['2026-01-01T01:00', '2026-01-01T02:00', '2026-01-01T03:00']);
    }),
  );

  it(
    'spread their jobs behind the tick, each time and everywhere by as much',
    t.test(async ({ scheduled, fire, clock, jobs, ticks }) => {
      const { nextDueAt, nextTick } = await scheduled(hourly({ policy: 'all', atMost: 9 }, 600_000));

      for (let hour = 0; hour < 3; hour += 1) {
        await clock.advance(hourMs);
        await fire();
      }

      const jitters = (await jobs()).map(({ dueAt }) => dueAt.getTime() % hourMs);
      expect(new Set(jitters).size).to.equal(3);
      for (const jitter of jitters) expect(jitter).to.be.within(0, 599_999);
      expect(jitters).to.include(nextDueAt!.getTime() - nextTick!.getTime());
      expect(await ticks()).to.deep.equal(['2026-01-01T01:00', '2026-01-01T02:00', '2026-01-01T03:00']);
    }),
  );

  it(
    'run nothing while they are paused, and nothing of that time later',
    t.test(async ({ scheduled, fire, clock, ticks, get, signal }) => {
      const { id } = await scheduled(hourly({ policy: 'all', atMost: 100 }));
      const [pause, resume] = [await get(PauseSchedule), await get(ResumeSchedule)];

      expectOk(await pause.execute({ id }, { signal }));
      await clock.advance(3 * hourMs);
      const whilePaused = await fire();
      expectOk(await resume.execute({ id }, { signal }));
      await clock.advance(hourMs);
      await fire();

      expect(whilePaused).to.equal(0);
      expect(await ticks()).to.deep.equal(['2026-01-01T04:00']);
    }),
  );

  it(
    'go by a new plan from when it is made',
    t.test(async ({ scheduled, fire, clock, ticks, get, signal }) => {
      const { id, version: basedOn } = await scheduled();
      const recurrence = { ...aScheduleText().plan.recurrence, rule: { kind: 'daily', at: '12:30' } } as const;
      const plan = { ...aScheduleText().plan, recurrence };

      const changed = expectOk(
        await (await get(ChangeSchedule)).execute({ id, basedOn, changes: { plan } }, { signal }),
      );
      await clock.advance(DAY);
      await fire();

      expect(changed).to.deep.include({ version: 2, nextTick: new Date('2026-01-01T12:30:00Z') });
      expect(await ticks()).to.deep.equal(['2026-01-01T12:30']);
    }),
  );

  it(
    'run no tick again and none too few when the time is put back by two hours, and forward again',
    t.test(async (test) => {
      const { scheduled, fire, clock, ticks, get, signal } = test;
      const { id } = await scheduled(hourly({ policy: 'all', atMost: 100 }));
      await clock.advance(hourMs);
      await fire();

      test.stepMs = -2 * hourMs;
      await clock.advance(1.5 * hourMs);
      const putBack = await fire();
      await (await get(PauseSchedule)).execute({ id }, { signal });
      await (await get(ResumeSchedule)).execute({ id }, { signal });
      await clock.advance(hourMs);
      const stillBack = await fire();
      test.stepMs = 2 * hourMs;
      await fire();

      expect([putBack, stillBack]).to.deep.equal([0, 0]);
      const hours = ['01', '02', '03', '04', '05'].map((hour) => `2026-01-01T${hour}:00`);
      expect(await ticks()).to.deep.equal(hours);
    }),
  );

  it(
    'run each tick once where eight schedulers come by at every one',
    t.test(async ({ scheduled, fire, clock, ticks }) => {
      for (const name of ['one', 'two']) {
        await scheduled({ name, ...hourly({ policy: 'all', atMost: 100 }) });
      }
      const expected: string[] = [];
      for (let hour = 1; hour <= 4; hour += 1) {
        await clock.advance(hourMs);
        expected.push(...Array.from({ length: 2 }, () => clock.now().toISOString().replace(':00.000Z', '')));

        const rounds = await race(8, ({ signal }) => fire({ signal }), { within: 20_000 });

        rounds.expect({ fulfilled: 8 });
        expect(rounds.values.reduce((sum, count) => sum + count, 0)).to.equal(2);
      }

      expect(await ticks()).to.deep.equal(expected);
    }),
  ).timeout(20_000);
}
