import { ListWebhooks, SubscribeWebhook } from '#notifications/application';
import { Clock, Ids, Secret } from '#kernel';
import { createHttpServer, HttpRoutes, ReadinessCheck } from '#platform/http';
import { Logger } from '#platform/logging';
import { FindJob, JobQueue } from '#scheduling/application';
import { expect } from 'chai';
import { LockstepTest, settings } from '../testing/lockstep-test.ts';
import { composeService } from './composition-root.ts';

const token = new Secret('a-token-that-only-tests-know-0123456789');
const KEY = ['ssh-ed25519', `SHA256:${'A'.repeat(43)}`] as const;
const ADD = ['--address', '192.0.2.1', '--model', 'ios', '--username', 'backup', '--password-file', '-'] as const;

class CommandsTest extends LockstepTest {
  readonly container = this.fixture(() => composeService(settings, this.database.source));

  async withDevice(name: string, ...more: readonly string[]): Promise<void> {
    const added = await this.lockstep(['device', 'add', name, ...ADD, ...more], { input: 'word\n' });
    expect(added.code, added.err).to.equal(0);
    await this.document('device', 'pin-key', name, ...KEY);
  }

  /** What the API answers, by routes of the same composition. */
  async answer(url: string): Promise<unknown> {
    const container = await this.container();
    const { server } = await createHttpServer({
      routes: await container.getAllAsync(HttpRoutes),
      readiness: await container.getAllAsync(ReadinessCheck),
      clock: await container.getAsync(Clock),
      ids: await container.getAsync(Ids),
      logger: await container.getAsync(Logger),
      about: { title: '', version: '1', description: '' },
      token,
    });
    try {
      const headers = { authorization: `Bearer ${token.reveal()}` };
      return (await server.inject({ url: `/api/v1${url}`, headers })).json();
    } finally {
      await server.close();
    }
  }
}

const t = CommandsTest.install();

describe('lockstep, on a service', function () {
  this.timeout(20_000);

  it(
    'has the documents of the API, name by name',
    t.test(async (test) => {
      await test.withDevice('core-1', '--tag', 'core');
      await test.withDevice('edge-1');
      const { jobs } = (await test.document('backup', 'run', 'core-1')) as { jobs: { jobId: string }[] };
      const { jobId } = jobs[0]!;
      await test.document('schedule', 'add', 'nightly', '--daily', '02:30', '--any-tag', 'core');
      const container = await test.container();
      const subscription = { url: 'https://example.com/hook', eventTypes: ['device.changed'] } as const;
      await container.get(SubscribeWebhook).execute(subscription, { signal: test.signal });
      expect(await container.get(ListWebhooks).execute({ signal: test.signal })).to.have.length(1);

      const same = [
        [['device', 'list', '--any-tag', 'core'], '/devices?anyTag=core'],
        [
          ['device', 'list', '--limit', '1', '--sort', 'createdAt', '--order', 'desc'],
          '/devices?limit=1&sort=createdAt&order=desc',
        ],
        [['backup', 'status'], '/backup-status'],
        [['job', 'list'], '/jobs'],
        [['job', 'show', jobId], `/jobs/${jobId}`],
        [['job', 'history', jobId], `/jobs/${jobId}/history`],
        [['schedule', 'list'], '/schedules'],
        [['webhook', 'list'], '/webhooks'],
      ] as const;
      for (const [args, url] of same) {
        const [document, answer] = [await test.document(...args), await test.answer(url)];
        expect(document, args.join(' ')).to.deep.equal(answer);
        expect(JSON.stringify(document)).to.have.length.above(50);
      }
    }),
  );

  it(
    'refuses with 1, a sentence, and as JSON the problem of the API',
    t.test(async (test) => {
      const added = await test.lockstep(['device', 'add', 'core-1', ...ADD], { input: 'word\n' });
      const people = await test.lockstep(['backup', 'run', 'core-1']);
      const programs = await test.lockstep(['device', 'show', 'nobody', '--json']);

      expect(added.code).to.equal(0);
      expect(people).to.deep.include({ code: 1, out: '' });
      expect(people.err).to.match(
        /^Pin the host key of device \S+ before it is backed up\. Nothing was requested\.\n$/,
      );
      expect(programs.code).to.equal(1);
      expect(JSON.parse(programs.out)).to.deep.include({ status: 404, code: 'device-not-found' });
    }),
  );

  it(
    'keeps a password from a file, the environment or an import, and shows it nowhere',
    t.test(async (test) => {
      const table = 'name,address,model,username,password\nedge-1,192.0.2.9,ios,backup,sesame-3\nedge-2,,,,\n';

      const all = [
        await test.lockstep(['device', 'add', 'a', ...ADD, '--json'], { input: 'sesame-1\n' }),
        await test.lockstep(['device', 'add', 'b', ...ADD.slice(0, -2)], { env: { DEVICE_PASSWORD: 'sesame-2' } }),
        await test.lockstep(['device', 'import', '-'], { input: table }),
      ];

      expect(all.map(({ code }) => code)).to.deep.equal([0, 0, 1]);
      expect(all.map(({ out, err }) => out + err).join('')).to.not.include('sesame');
      expect(all[2]?.out).to.include('1 created, 1 refused.').and.to.include('The row says nothing under');
    }),
  );

  it(
    'waits until what it has asked for has ended, and says how',
    t.test(async (test) => {
      await test.withDevice('core-1');
      const queue = (await test.container()).get(JobQueue);
      const { signal } = test;

      const waiting = test.lockstep(['backup', 'run', 'core-1', '--wait', '--json']);
      const claim = { types: ['backup.run'], worker: 'w', limit: 1, leaseMs: 60_000 };
      const probe = async () => (await queue.claim(claim, signal))[0];
      const job = await test.eventually({ what: 'the job', probe });
      await queue.complete(job.lease, { outcome: 'unchanged', versionId: 'v', bytes: 1 }, signal);
      const { code, out, err } = await waiting;

      expect(code).to.equal(0);
      expect((JSON.parse(out) as { jobs: unknown[] }).jobs[0]).to.have.nested.property('job.state', 'succeeded');
      expect(err).to.match(
        /^Waiting for job \S+; ctrl-C ends only the waiting\.\n\[1\/1\] core-1: succeeded, unchanged\n$/,
      );
    }),
  );

  it(
    'ends with 1 when the job that it waits for is cancelled, and tells who did it',
    t.test(async (test) => {
      await test.withDevice('core-1');
      const { jobs } = (await test.document('backup', 'run', 'core-1')) as { jobs: { jobId: string }[] };
      const id = jobs[0]!.jobId;

      const cancelled = await test.document('job', 'cancel', id, '--reason', 'not today');
      const waited = await test.lockstep(['job', 'wait', id]);
      const again = await test.lockstep(['job', 'cancel', id]);

      expect(cancelled).to.deep.equal({ outcome: 'cancelled' });
      expect(waited.code).to.equal(1);
      expect(waited.out).to.include('cancelled, not today');
      expect(again).to.deep.include({ code: 1, err: 'The job has been cancelled already.\n' });
      const job = await (await test.container()).get(FindJob).execute({ id: id as never }, { signal: test.signal });
      expect(job).to.have.nested.property('value.cancellation.by', 'lockstep');
    }),
  );

  it(
    'finds schedules by name, pauses them and takes them up again',
    t.test(async (test) => {
      await test.document(
        'schedule',
        'add',
        'hourly',
        '--every',
        '1h',
        '--missed',
        'all:3',
        '--job-type',
        'store.sweep',
      );

      const paused = await test.document('schedule', 'pause', 'hourly');
      const resumed = await test.document('schedule', 'resume', 'hourly');
      const next = await test.document('schedule', 'next', 'hourly', '--count', '3');
      const missing = await test.lockstep(['schedule', 'show', 'daily']);

      expect([paused, resumed]).to.have.nested.property('[0].state', 'paused');
      expect(resumed).to.have.property('state', 'active');
      expect(resumed).to.have.nested.property('plan.missed').deep.equal({ policy: 'all', atMost: 3 });
      expect(next).to.have.property('times').with.length(3);
      expect(missing).to.deep.include({ code: 1, err: 'There is no schedule daily.\n' });
    }),
  );
});

/** What is done to the table of migrations is not undone by deleting rows. */
class OldDatabaseTest extends LockstepTest {
  protected override rung() {
    return 'clone' as const;
  }
}

const old = OldDatabaseTest.install();

describe('lockstep, on a database of older code', function () {
  this.timeout(20_000);

  it(
    'says what to do about a database without the tables of this code',
    old.test(async (test) => {
      await test.database.source.query('DELETE FROM migrations WHERE id = (SELECT max(id) FROM migrations)');

      const { code, err } = await test.lockstep(['device', 'list']);

      expect(code).to.equal(1);
      expect(err).to.include('npm run migrate -- up');
    }),
  );
});
