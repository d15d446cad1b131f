import { jobQueueContract } from '#scheduling/application/testing';
import { BullMqJobQueue } from '#scheduling/bullmq';
import { expect } from 'chai';
import { BackupServiceTest } from './testing/backup-service-test.ts';
import { BullMqTest, claim, reissueMs } from './testing/bullmq-test.ts';
import { RedisServer } from './testing/redis-server.ts';

class RedisTest extends BullMqTest {
  redis!: RedisServer;

  protected override async setUp(): Promise<void> {
    this.redis = await this.use(RedisServer.start(this.signal));
    await super.setUp();
  }

  protected override queueUrl(): string {
    return this.redis.url;
  }
}

const t = RedisTest.install();

describe('the engine of BullMQ on Redis, and PostgreSQL', function () {
  this.timeout(20_000);

  jobQueueContract.holdsFor(
    BullMqJobQueue,
    Object.assign(
      t.opens(({ engine }) => engine()),
      { lacks: ['ageing'] as const },
    ),
  );

  it(
    'has the job done whose ticket Redis has lost with everything else',
    t.test(async ({ engine, submit, clock, redis, signal }) => {
      const { queue } = engine();
      const id = await submit();
      await queue.claim({ ...claim, limit: 0 }, signal);
      await redis.forgetAll();

      const early = await queue.claim(claim, signal);
      await clock.advance(reissueMs);
      const then = await queue.claim(claim, signal);

      expect(early).to.deep.equal([]);
      expect(then).to.have.lengthOf(1);
      expect(then[0]).to.include({ id, attempt: 1 });
    }),
  );
});

class RedisTakeOverTest extends BackupServiceTest {
  redis!: RedisServer;

  protected override async setUp(): Promise<void> {
    this.redis = await this.use(RedisServer.start(this.signal));
    await super.setUp();
  }

  protected override rung() {
    return 'clone' as const;
  }

  protected override variables() {
    return { LOCKSTEP_QUEUE: 'bullmq', LOCKSTEP_QUEUE_URL: this.redis.url };
  }
}

const takeOver = RedisTakeOverTest.install();

describe('workers whose turns are kept in Redis', function () {
  this.timeout(60_000);

  it(
    'do the job of one that was killed, and one version results',
    takeOver.test(async ({ addDevice, requestBackup, startWorker, eventually, jobOnceDone, versionsOf }) => {
      const { device, id } = await addDevice({ stall: { afterBytes: 100 } });
      const killed = await startWorker();
      const jobId = await requestBackup(id);
      const probe = (): boolean => device.log.typed.some((line) => line.includes('running-config'));
      await eventually({ what: 'the device to be asked', probe });

      killed.signal('SIGKILL');
      await killed.ended;
      device.faults = null;
      await startWorker();
      const job = await jobOnceDone(jobId);

      expect(job).to.deep.include({ attempt: 2, token: 2, failure: null });
      expect((await versionsOf(id)).map((version) => version.jobId)).to.deep.equal([jobId]);
    }),
  );
});
