import { AsyncTestBase } from '#testing/lifecycle';
import { expect } from 'chai';
import type { Service } from './service-process.ts';
import { Services, type RunningService } from './services.ts';

type Launch = { readonly service: Service; readonly comeUp: () => Promise<void>; readonly fail: () => void };

/** Services that come up, and fail to, when the test says so. */
class ServicesTest extends AsyncTestBase {
  readonly said: string[] = [];
  readonly launches: Launch[] = [];
  readonly running = new Set<RunningService>();
  services!: Services;

  protected override async setUp(): Promise<void> {
    const starting = Services.start({
      env: {},
      clock: this.clock,
      say: (line) => this.said.push(line),
      launch: ({ service }) => this.#launch(service),
    });
    await (await this.launched(1)).comeUp();
    await (await this.launched(2)).comeUp();
    this.services = await starting;
    this.defer(() => this.clock.runUntil(() => this.services[Symbol.asyncDispose]()), 'the end of the services');
  }

  async launched(number: number): Promise<Launch> {
    await this.eventually({ what: `launch ${number}`, probe: () => this.launches.length >= number });
    return this.launches[number - 1]!;
  }

  /** The launches after both were told to start again. */
  async restarted(): Promise<readonly Launch[]> {
    const before = this.launches.length;
    await this.services.restart();
    await this.clock.advance(500);
    return [await this.launched(before + 1), await this.launched(before + 2)];
  }

  #launch(service: Service): Promise<RunningService> {
    const { promise, resolve, reject } = Promise.withResolvers<RunningService>();
    const ended = Promise.withResolvers<string>();
    const running: RunningService = {
      service,
      ready: { url: 'http://127.0.0.1:1' },
      ended: ended.promise,
      stop: async () => {
        this.running.delete(running);
        ended.resolve('0');
      },
    };
    this.launches.push({
      service,
      comeUp: async () => {
        this.running.add(running);
        resolve(running);
        await this.clock.advance(0);
      },
      fail: () => reject(new Error(`The ${service} ended (1) before it was ready.`)),
    });
    return promise;
  }
}

const t = ServicesTest.install();

describe('Services', () => {
  it(
    'wait for the next restart when one does not come up after a restart',
    t.test(async (test) => {
      let gaveUp = false;
      test.services.givenUp.then(
        () => (gaveUp = true),
        () => {},
      );
      for (const { fail } of await test.restarted()) fail();
      await test.eventually({ what: 'both say so', probe: () => test.said.length === 2 });

      await test.services.restart();
      for (const number of [5, 6]) await (await test.launched(number)).comeUp();

      expect(test.said[0]).to.match(/ended \(1\) before it was ready\. It is tried again after the next change\.$/);
      expect(gaveUp).to.equal(false);
      expect(test.running.size).to.equal(2);
    }),
  );

  it(
    'try again at once when the change that mends it came while one was starting',
    t.test(async (test) => {
      const launches = await test.restarted();
      await test.services.restart();
      for (const { fail } of launches) fail();

      for (const number of [5, 6]) await (await test.launched(number)).comeUp();

      expect(test.running.size).to.equal(2);
    }),
  );

  for (const [what, finish] of [
    ['comes up', ({ comeUp }: Launch) => comeUp()],
    ['fails', ({ fail }: Launch) => fail()],
  ] as const) {
    it(
      `end when they are stopped in the middle of a restart that then ${what}`,
      t.test(async (test) => {
        const launches = await test.restarted();

        const stopped = test.services[Symbol.asyncDispose]();
        for (const launch of launches) await finish(launch);
        await stopped;

        expect(test.running.size).to.equal(0);
        expect(test.launches).to.have.lengthOf(4);
      }),
    );
  }

  it(
    'end when they are stopped while one waits for the next change',
    t.test(async (test) => {
      for (const { fail } of await test.restarted()) fail();
      await test.eventually({ what: 'both say so', probe: () => test.said.length === 2 });

      await test.services[Symbol.asyncDispose]();

      expect(test.launches).to.have.lengthOf(4);
    }),
  );
});
