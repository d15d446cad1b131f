import { expect } from 'chai';
import { readFile } from 'node:fs/promises';
import { createServer, connect, type AddressInfo, type Server } from 'node:net';
import { clockContract } from '#kernel/testing';
import { inTest, openCall, callSite, runningTest, RunningTest } from '#testing/runtime';
import { Deadlock } from './deadlock.ts';
import { VirtualClock } from './virtual-clock.ts';

const HOUR = 3_600_000;

describe('VirtualClock', () => {
  describe('advanced by hand', () => {
    clockContract.holdsFor(VirtualClock, () => {
      const clock = new VirtualClock();
      return { clock, pass: (milliseconds) => clock.advance(milliseconds) };
    });
  });

  describe('left to run', () => {
    clockContract.holdsFor(VirtualClock, () => {
      const clock = new VirtualClock();
      return { clock, pass: (milliseconds) => clock.runUntil(() => clock.sleep(milliseconds)) };
    });
  });

  it('passes over hours of sleep as if they were nothing', async () => {
    const clock = new VirtualClock({ start: new Date('2026-01-01T00:00:00.000Z') });

    const answer = await clock.runUntil(async () => {
      for (let hour = 1; hour <= 3; hour += 1) await clock.sleep(HOUR);
      return 'rested';
    });

    expect(answer).to.equal('rested');
    expect(clock.now().toISOString()).to.equal('2026-01-01T03:00:00.000Z');
  });

  it('hands on what the work fails with', async () => {
    const clock = new VirtualClock();
    const failure = new Error('the work fails');

    const outcome = await clock
      .runUntil(async () => {
        await clock.sleep(HOUR);
        throw failure;
      })
      .catch((error: unknown) => error);

    expect(outcome).to.equal(failure);
  });

  it('waits for work that is under way already', async () => {
    const clock = new VirtualClock();
    const sleeping = clock.sleep(HOUR).then(() => 'awake');

    expect(await clock.runUntil(sleeping)).to.equal('awake');
  });

  it('lets a file be read before a short sleep is over', async () => {
    const clock = new VirtualClock();

    const first = await clock.runUntil(() =>
      Promise.race([readFile(import.meta.filename).then(() => 'read'), clock.sleep(1).then(() => 'slept')]),
    );

    expect(first).to.equal('read');
  });

  it('ends a wait that nobody answers at its deadline', async () => {
    const clock = new VirtualClock();
    const start = clock.now().getTime();

    const outcome = await clock.runUntil(() =>
      Promise.race([new Promise(() => {}), clock.sleep(30_000).then(() => 'too late')]),
    );

    expect([outcome, clock.now().getTime() - start]).to.deep.equal(['too late', 30_000]);
  });

  it('says at once when nothing can go on, with the lines that wait', async () => {
    const clock = new VirtualClock();
    const neverFires = new Promise(() => {});

    const outcome = await clock
      .runUntil(async () => {
        await neverFires;
      })
      .catch((error: unknown) => error);

    expect(outcome).to.be.instanceOf(Deadlock).with.property('certain', true);
  });
});
