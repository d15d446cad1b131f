import { STORE_SWEEP_JOB } from '#backups/application';
import { expectOk } from '#kernel/testing';
import { CreateSchedule, ListSchedules, PauseSchedule } from '#scheduling/application';
import type { ScheduleId } from '#scheduling/contracts';
import { expect } from 'chai';
import { BackupServiceTest } from './testing/backup-service-test.ts';

const SECOND = 1_000;
const STANDING = ['backup freshness', 'job pruning', 'store sweep', 'store verification'];

class SchedulesTest extends BackupServiceTest {
  /** The ticks of a schedule that jobs were submitted for, in order. */
  async ticks(id: ScheduleId): Promise<readonly number[]> {
    const rows = await this.database.source.query<{ tick: string }[]>(
      `SELECT split_part(idempotency_key, '/', 3) AS tick FROM jobs
       WHERE idempotency_key LIKE 'schedule/' || $1 || '/%' ORDER BY 1`,
      [id],
    );
    return rows.map(({ tick }) => Date.parse(tick));
  }
}

const t = SchedulesTest.install();

describe('a schedule and two workers', function () {
  // Processes start and end in it, also on a machine that is busy.
  this.timeout(60_000);

  it(
    'make one job of each second until it is paused, and find those that the product needs, not due yet',
    t.test(async ({ get, ticks, startWorker, eventually, signal }) => {
      const rule = { kind: 'every', count: 1, unit: 'seconds', anchor: '2026-01-01T00:00:00Z' } as const;
      const recurrence = { rule, zone: 'UTC', gap: 'end', overlap: 'first' } as const;
      const plan = { recurrence, missed: { policy: 'all', atMost: 100 }, jitterMs: 0 } as const;
      const job = { type: STORE_SWEEP_JOB, payload: {}, maxAttempts: 1 };
      await Promise.all([startWorker(), startWorker()]);

      const create = await get(CreateSchedule);
      const { id } = expectOk(await create.execute({ name: 'every second', plan, job }, { signal }));
      const probe = async (): Promise<boolean> => (await ticks(id)).length >= 3;
      await eventually({ what: 'three jobs', probe, within: 20_000 });
      expectOk(await (await get(PauseSchedule)).execute({ id }, { signal }));

      const made = await ticks(id);
      const first = made[0] ?? expect.fail('No job was made.');
      expect(made).to.deep.equal(made.map((_, index) => first + index * SECOND));
      const { schedules } = await (await get(ListSchedules)).execute({ limit: 10 }, { signal });
      const those = schedules.filter((schedule) => schedule.id !== id);
      expect(those.map(({ name, lastRun }) => [name, lastRun])).to.deep.equal(STANDING.map((name) => [name, null]));
    }),
  );
});
