import { ok } from '#kernel';
import { InMemoryVersionReader, InMemoryBackupsTransaction } from '#backups/application/testing';
import { sequentialId } from '#kernel/testing';
import { aDeviceAccess } from '#devices/contracts/testing';
import type { ScheduleId } from '#scheduling/contracts';
import { cases } from '#testing/lifecycle';
import { expect } from 'chai';
import { BackupApiTest, deviceId } from '../testing/backup-api-test.ts';

const HOUR = 3_600_000;

class StatusApiTest extends BackupApiTest {
  /** Devices with statuses: one of each state, in the order of their names. */
  async keepStatuses(): Promise<readonly string[]> {
    const ids = [1, 2, 3, 4].map((position) => sequentialId<'Device'>(9_000 + position));
    const transaction = new InMemoryBackupsTransaction(new InMemoryVersionReader(), this.jobs, {
      statuses: this.statuses,
    });
    const now = this.clock.now();
    await transaction.run(async ({ statuses }) => {
      const [current, failing, , stale] = await statuses.of(ids, now);
      current!.succeeded(now);
      failing!.failed({ at: now, kind: 'DeviceStalled', reason: 'The device went silent.' });
      stale!.succeeded(new Date(now.getTime() - 26 * HOUR));
      return ok(await statuses.save([current!, failing!, stale!]));
    }, this.signal);
    return ids;
  }

  plan(jobType: string, payload: object, hours: number): void {
    const dueAt = new Date(this.clock.now().getTime() + hours * HOUR);
    const scheduleId = this.ids.next() as ScheduleId;
    this.forecast.expect(jobType, { scheduleId, scheduleName: 'nightly', payload: payload as never, dueAt });
  }
}

const t = StatusApiTest.install();

describe('The routes of the statuses of backups', () => {
  it(
    'say that a device was never backed up, and that nobody intends to',
    t.test(async ({ http }) => {
      const answer = await http.get(`/devices/${deviceId}/backup-status`);

      expect([answer.status, answer.body]).to.deep.equal([
        200,
        {
          deviceId,
          state: 'never',
          knownSince: '2026-01-01T00:00:00.000Z',
          lastSuccessAt: null,
          lastFailure: null,
          consecutiveFailures: 0,
          staleSince: null,
          jobId: null,
          nextDueAt: null,
        },
      ]);
    }),
  );

  it(
    'show what became of a device, and the run that was asked for',
    t.test(async ({ http, keepStatuses, devices }) => {
      const [, failing] = await keepStatuses();
      devices.register(aDeviceAccess({ id: failing as typeof deviceId }));
      const { jobs } = (await http.post<{ jobs: { jobId: string }[] }>('/backups', { deviceIds: [failing] })).body;

      const { body } = await http.get(`/devices/${failing}/backup-status`);

      const at = '2026-01-01T00:00:00.000Z';
      expect(body).to.deep.include({ state: 'failing', consecutiveFailures: 1, jobId: jobs[0]?.jobId });
      expect(body['lastFailure']).to.deep.equal({ at, kind: 'DeviceStalled', reason: 'The device went silent.' });
    }),
  );

  const plans: Record<string, readonly [string, object, boolean][]> = {
    'a run of its own': [['backup.run', { deviceId }, true]],
    'a batch over every device': [['backup.batch', { selection: {} }, true]],
    'a batch that names it': [['backup.batch', { selection: { ids: [deviceId] } }, true]],
    'the soonest of several': [
      ['backup.batch', { selection: { models: ['abacus'] } }, false],
      ['backup.run', { deviceId: sequentialId(77) }, false],
      ['backup.batch', { selection: {} }, true],
      ['backup.run', { deviceId }, true],
    ],
    'none, when all are of other devices': [['backup.batch', { selection: { ids: [sequentialId(77)] } }, false]],
  };
  for (const [title, planned] of cases('say when the next backup is due: {case}', plans)) {
    it(
      title,
      t.test(async ({ http, plan, clock }) => {
        for (const [hour, [jobType, payload]] of planned.entries()) plan(jobType, payload, hour + 1);

        const { body } = await http.get<{ nextDueAt: string | null }>(`/devices/${deviceId}/backup-status`);

        const due = planned.findIndex(([, , isOfDevice]) => isOfDevice);
        const expected = due < 0 ? null : new Date(clock.now().getTime() + (due + 1) * HOUR).toISOString();
        expect(body.nextDueAt).to.equal(expected);
      }),
    );
  }

  it(
    'know no device of another id',
    t.test(async ({ http, ids }) => {
      const answer = await http.get(`/devices/${ids.next()}/backup-status`);

      expect([answer.status, answer.body.code]).to.deep.equal([404, 'device-not-found']);
    }),
  );

  type Page = { items: { deviceId: string; state: string }[]; next: string | null; counts: object };

  it(
    'list the fleet page by page, with the number of devices in each state',
    t.test(async ({ http, keepStatuses }) => {
      const ids = await keepStatuses();

      const first = (await http.get<Page>('/backup-status?limit=3')).body;
      const rest = (await http.get<Page>(`/backup-status?limit=3&after=${first.next}`)).body;

      const all = [...first.items, ...rest.items].map((item) => [item.deviceId, item.state]);
      expect(all).to.deep.equal(['current', 'failing', 'never', 'stale'].map((state, n) => [ids[n], state]));
      expect([first.next, rest.next]).to.deep.equal([ids[2], null]);
      expect(first.counts).to.deep.equal({ never: 1, current: 1, stale: 1, failing: 1 });
    }),
  );

  it(
    'list those of one state',
    t.test(async ({ http, keepStatuses }) => {
      const ids = await keepStatuses();

      const { items, counts } = (await http.get<Page>('/backup-status?state=stale')).body;

      expect(items.map((item) => item.deviceId)).to.deep.equal([ids[3]]);
      expect(counts).to.deep.equal({ never: 1, current: 1, stale: 1, failing: 1 });
    }),
  );

  for (const [title, query] of cases('do not take {case}', ['state=good', 'limit=0', 'after=core-1', 'before=1'])) {
    it(
      title,
      t.test(async ({ http }) => {
        expect((await http.get(`/backup-status?${query}`)).status).to.equal(400);
      }),
    );
  }
});
