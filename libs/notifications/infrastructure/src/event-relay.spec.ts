import type { PruneEvents, PublishEvents, Published, ResumeDeliveries } from '#notifications/application';
import { RecordingLogger } from '#platform/logging/testing';
import { AsyncTestBase } from '#testing/lifecycle';
import { expect } from 'chai';
import { EventRelay } from './event-relay.ts';

class RelayTest extends AsyncTestBase {
  readonly logger = new RecordingLogger();
  readonly did: string[] = [];
  readonly stop = new AbortController();
  answers: (Partial<Published> | Error)[] = [];

  relay(): EventRelay {
    const step = (name: string) => ({ execute: async () => void this.did.push(name) });
    const publish: Pick<PublishEvents, 'execute'> = {
      execute: async () => {
        this.did.push('publish');
        const answer = this.answers.shift() ?? {};
        if (answer instanceof Error) throw answer;
        return { events: 0, deliveries: 0, more: false, ...answer };
      },
    };
    return new EventRelay({
      publish: publish as PublishEvents,
      resume: step('resume') as unknown as ResumeDeliveries,
      prune: step('prune') as unknown as PruneEvents,
      clock: this.clock,
      logger: this.logger,
    });
  }

  async runFor(milliseconds: number): Promise<void> {
    const running = this.relay().run(this.stop.signal);
    await this.clock.advance(milliseconds);
    this.stop.abort();
    await running;
  }
}

const t = RelayTest.install();

describe('EventRelay', () => {
  it(
    'publishes once a second, and looks after the rest once a minute',
    t.test(async ({ runFor, did }) => {
      await runFor(119_999);

      const times = (name: string) => did.filter((one) => one === name).length;
      expect([times('publish'), times('resume'), times('prune')]).to.deep.equal([120, 2, 2]);
    }),
  );

  it(
    'goes on at once while there is more to publish',
    t.test(async (test) => {
      test.answers = [{ more: true }, { more: true }];

      await test.runFor(999);

      expect(test.did.filter((one) => one === 'publish')).to.have.lengthOf(3);
    }),
  );

  it(
    'goes on after a failure, and tells of it',
    t.test(async (test) => {
      test.answers = [new Error('out of reach')];

      await test.runFor(5_999);

      expect(test.did.filter((one) => one === 'publish')).to.have.lengthOf(2);
      expect(JSON.stringify(test.logger.lines)).to.include('Events could not be published.');
      expect(test.logger.lines).to.have.lengthOf(1);
    }),
  );

  it(
    'ends when it is told to, also in the middle of a transaction',
    t.test(async ({ stop, logger, clock }) => {
      const started = Promise.withResolvers<void>();
      const publish = {
        execute: (_: unknown, { signal }: { signal: AbortSignal }) => {
          started.resolve();
          return new Promise((__, reject) => signal.addEventListener('abort', () => reject(signal.reason as Error)));
        },
      } as unknown as PublishEvents;
      const none = {} as unknown as ResumeDeliveries & PruneEvents;

      const running = new EventRelay({ publish, resume: none, prune: none, clock, logger }).run(stop.signal);
      await started.promise;
      stop.abort();

      expect(await running).to.equal(undefined);
      expect(logger.lines).to.deep.equal([]);
    }),
  );
});
