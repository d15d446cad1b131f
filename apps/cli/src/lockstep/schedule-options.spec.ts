import { Readable } from 'node:stream';
import { createScheduleBody } from '#scheduling/infrastructure';
import { AsyncTestBase } from '#testing/lifecycle';
import { expect } from 'chai';
import { scheduleFrom, type ScheduleOptions } from './schedule-options.ts';

const t = AsyncTestBase.install();

const rules: readonly (readonly [ScheduleOptions, object])[] = [
  [{ every: '15m' }, { kind: 'every', count: 15, unit: 'minutes' }],
  [{ daily: '02:30' }, { kind: 'daily', at: '02:30' }],
  [{ weekly: 'mon,thu@02:30' }, { kind: 'weekly', weekdays: ['mon', 'thu'], at: '02:30' }],
  [{ monthly: 'last@02:30' }, { kind: 'monthly', day: 'last', at: '02:30' }],
  [{ monthly: '31@02:30' }, { kind: 'monthly', day: 31, at: '02:30' }],
  [{ cron: '30 2 * * 1-5' }, { kind: 'cron', expression: '30 2 * * 1-5' }],
  [{ once: '2027-01-31T02:30:00Z' }, { kind: 'once', at: '2027-01-31T02:30:00Z' }],
];

describe('scheduleFrom', () => {
  for (const [options, rule] of rules) {
    it(
      `takes ${JSON.stringify(options)} as the API would`,
      t.test(async ({ signal }) => {
        const surroundings = { in: Readable.from([]), interrupted: signal };

        const body = await scheduleFrom('nightly', { ...options, all: true }, surroundings);

        expect(body).to.have.nested.property('plan.recurrence.rule').deep.equal(rule);
        expect(createScheduleBody.safeParse(body).error).to.equal(undefined);
      }),
    );
  }

  it(
    'says who is backed up, where, how late and what becomes of what was missed',
    t.test(async ({ signal }) => {
      const when = { daily: '02:30', zone: 'Europe/Berlin', jitter: '5m', missed: 'skip' };
      const who = { anyTag: ['core', 'edge'], withoutTag: ['lab'], model: ['ios'] };

      const body = await scheduleFrom('nightly', { ...when, ...who }, { in: Readable.from([]), interrupted: signal });

      expect(body).to.deep.equal({
        name: 'nightly',
        plan: {
          recurrence: { rule: { kind: 'daily', at: '02:30' }, zone: 'Europe/Berlin' },
          missed: { policy: 'skip' },
          jitterMs: 300_000,
        },
        job: {
          type: 'backup.batch',
          payload: { selection: { models: ['ios'], tags: { any: ['core', 'edge'], none: ['lab'] } } },
        },
      });
    }),
  );

  it(
    'is read from a file, or from standard input, under the name that was given',
    t.test(async ({ signal }) => {
      const input = Readable.from(['{ "name": "other", "job": 1 }']);

      const body = await scheduleFrom('nightly', { file: '-' }, { in: input, interrupted: signal });

      expect(body).to.deep.equal({ name: 'nightly', job: 1 });
    }),
  );
});
