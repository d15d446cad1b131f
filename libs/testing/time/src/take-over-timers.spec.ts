import { expect } from 'chai';
import { readFile } from 'node:fs/promises';
import { AsyncLocalStorage } from 'node:async_hooks';
import { createRequire } from 'node:module';
import { setTimeout as namedTimeout } from 'node:timers';
import * as timersNamespace from 'node:timers';
import { setInterval as promisedInterval, setTimeout as promisedTimeout } from 'node:timers/promises';
import * as promisesNamespace from 'node:timers/promises';
import { promisify } from 'node:util';
import { Deadlock } from './deadlock.ts';
import { LeftoverTimers } from './leftover-timers.ts';
import { takeOverTimers } from './take-over-timers.ts';

const require = createRequire(import.meta.url);
const MINUTE = 60_000;

/** Ways to sleep for a minute, all of which code that one does not own may use. */
const sleeps: Readonly<Record<string, () => Promise<unknown>>> = {
  'the global setTimeout': () => new Promise((resolve) => setTimeout(resolve, MINUTE)),
  'the global setInterval': () =>
    new Promise<void>((resolve) => {
      const interval = setInterval(() => {
        clearInterval(interval);
        resolve();
      }, MINUTE);
    }),
  'node:timers by name': () => new Promise((resolve) => namedTimeout(resolve, MINUTE)),
  'node:timers as namespace': () => new Promise((resolve) => timersNamespace.setTimeout(resolve, MINUTE)),
  'node:timers/promises by require': () =>
    (require('node:timers/promises') as typeof promisesNamespace).setTimeout(MINUTE),
  'node:timers/promises by name': () => promisedTimeout(MINUTE),
  'node:timers/promises as namespace': () => promisesNamespace.setTimeout(MINUTE),
  'the interval iterator': async () => {
    for await (const _tick of promisedInterval(MINUTE)) return;
  },
  'scheduler.wait': () => promisesNamespace.scheduler.wait(MINUTE),
  'AbortSignal.timeout': () =>
    new Promise<void>((resolve) => AbortSignal.timeout(MINUTE).addEventListener('abort', () => resolve())),
  'util.promisify(setTimeout)': () => promisify(setTimeout)(MINUTE),
};

/** Ways to read the time in milliseconds. */
const readings: Readonly<Record<string, () => number>> = {
  Date: () => Date.now(),
  'new Date': () => new Date().getTime(),
  'performance.now': () => performance.now(),
  'process.hrtime': () => process.hrtime()[0] * 1_000,
  'process.hrtime.bigint': () => Number(process.hrtime.bigint() / 1_000_000n),
  Intl: () => {
    const parts = new Intl.DateTimeFormat('en', {
      timeZone: 'UTC',
      hour: 'numeric',
      minute: 'numeric',
    }).formatToParts();
    const part = (type: string): number => Number(parts.find((one) => one.type === type)?.value);
    return (part('hour') * 60 + part('minute')) * MINUTE;
  },
};

describe('takeOverTimers', () => {
  for (const [way, sleep] of Object.entries(sleeps)) {
    it(`lets ${way} pass a minute on virtual time`, async () => {
      using time = takeOverTimers();
      const start = Date.now();

      await time.runUntil(sleep);

      expect(Date.now() - start).to.equal(MINUTE);
    });
  }

  for (const [way, read] of Object.entries(readings)) {
    it(`moves ${way} when it is advanced`, async () => {
      using time = takeOverTimers();
      const start = read();

      await time.advance(MINUTE);

      expect(read() - start).to.equal(MINUTE);
    });
  }

  it('aborts the signal of AbortSignal.timeout as Node does', async () => {
    using time = takeOverTimers();
    const signal = AbortSignal.timeout(MINUTE);

    await time.advance(MINUTE);

    expect(signal.reason).to.be.instanceOf(DOMException).with.property('name', 'TimeoutError');
  });

  it('lets a file be read before a short timer rings', async () => {
    using time = takeOverTimers();

    const first = await time.runUntil(() =>
      Promise.race([
        readFile(import.meta.filename).then(() => 'read'),
        new Promise((resolve) => setTimeout(resolve, 1, 'rung').unref()),
      ]),
    );

    expect(first).to.equal('read');
  });

  it('rings what a callback sets inside the span, in order', async () => {
    using time = takeOverTimers();
    const rung: number[] = [];
    const start = Date.now();
    setTimeout(() => {
      rung.push(Date.now() - start);
      setTimeout(() => rung.push(Date.now() - start), 10);
    }, 10);

    await time.advance(20);

    expect(rung).to.deep.equal([10, 20]);
  });

  it('says at once when nothing can go on', async () => {
    using time = takeOverTimers();

    const outcome = await time.runUntil(() => new Promise(() => {})).catch((error: unknown) => error);

    expect(outcome).to.be.instanceOf(Deadlock);
  });

  it('calls back in the context in which the timer was set', async () => {
    using time = takeOverTimers();
    const storage = new AsyncLocalStorage<string>();
    const seen: unknown[] = [];

    storage.run('whoever set it', () => setTimeout(() => seen.push(storage.getStore()), 1));
    await time.advance(1);

    expect(seen).to.deep.equal(['whoever set it']);
  });

  it('clears a timer that was set before', () => {
    const timer = setTimeout(() => {}, MINUTE);
    using _time = takeOverTimers();

    clearTimeout(timer);

    expect(timer).to.have.property('_destroyed', true);
  });

  it('refuses to be taken over twice, and says by whom it is', () => {
    using _time = takeOverTimers();

    expect(() => takeOverTimers()).to.throw(/taken over already, by .*take-over-timers\.spec\.ts/);
  });

  it('can be taken over again once it was given back', async () => {
    takeOverTimers()[Symbol.dispose]();

    using time = takeOverTimers();

    expect(time.waiting).to.equal(0);
  });

  it('refuses a limit that no virtual time reaches', () => {
    using _time = takeOverTimers();
    const cell = new Int32Array(new SharedArrayBuffer(4));

    expect(() => Atomics.waitAsync(cell, 0, 0, 10)).to.throw('no virtual time reaches it');
  });

  it('fails when timers are left, and names the line that set them', () => {
    const time = takeOverTimers();
    setTimeout(() => {}, MINUTE);

    const give = (): void => time[Symbol.dispose]();

    expect(give)
      .to.throw(LeftoverTimers)
      .with.property('message')
      .that.matches(/setTimeout of 60000 ms, set at .*take-over-timers\.spec\.ts/);
  });

  it('does not mind timers that were cleared, let go, or that nobody could clear', () => {
    const time = takeOverTimers();
    clearTimeout(setTimeout(() => {}, MINUTE));
    setInterval(() => {}, MINUTE).unref();
    AbortSignal.timeout(MINUTE);

    expect(() => time[Symbol.dispose]()).not.to.throw();
  });

  it('puts every binding back as it was', () => {
    const before = bindings();

    takeOverTimers()[Symbol.dispose]();

    expect(bindings()).to.deep.equal(before);
  });
});

/** What the names stand for now: compared by identity, as functions are. */
function bindings(): readonly unknown[] {
  const { setTimeout, setInterval, clearTimeout, clearInterval, Date, Intl, performance } = globalThis;
  return [
    ...[setTimeout, setInterval, clearTimeout, clearInterval, Date, Intl, performance, performance.now],
    ...[namedTimeout, ...Object.values(timersNamespace)],
    ...[promisedTimeout, promisedInterval, ...Object.values(promisesNamespace)],
    ...[promisesNamespace.scheduler.wait, AbortSignal.timeout, Atomics.waitAsync],
    ...[process.hrtime, process.hrtime.bigint],
    ...Object.values(Object.getOwnPropertyDescriptors(globalThis)).map(({ value, get }) => [value, get]),
  ];
}
