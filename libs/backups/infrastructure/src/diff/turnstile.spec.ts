import { expect } from 'chai';
import { Turnstile } from './turnstile.ts';

const untimed = () => new AbortController().signal;
const settled = async (): Promise<void> => {
  for (let turn = 0; turn < 10; turn += 1) await Promise.resolve();
};

describe('Turnstile', () => {
  it('lets as many in as there are places, and the next when one leaves, in the order they came', async () => {
    const turnstile = new Turnstile(2);
    const inside: number[] = [];
    const entries = [1, 2, 3, 4].map(async (guest) => {
      const place = await turnstile.enter(untimed());
      inside.push(guest);
      return place;
    });

    await settled();
    const atFirst = [...inside];
    (await entries[0]!)[Symbol.dispose]();
    await settled();

    expect(atFirst).to.deep.equal([1, 2]);
    expect(inside).to.deep.equal([1, 2, 3]);
  });

  it('forgets who stops waiting', async () => {
    const turnstile = new Turnstile(1);
    const first = await turnstile.enter(untimed());
    const controller = new AbortController();
    const stopped = new Error('stopped by the caller');

    const leaving = turnstile.enter(controller.signal).catch((reason: unknown) => reason);
    const staying = turnstile.enter(untimed());
    controller.abort(stopped);
    first[Symbol.dispose]();

    expect(await leaving).to.equal(stopped);
    expect(await staying).to.have.property(Symbol.dispose);
  });

  it('loses no place to one that is let in and stops at the same moment', async () => {
    const turnstile = new Turnstile(1);
    const first = await turnstile.enter(untimed());
    const controller = new AbortController();

    const leaving = turnstile.enter(controller.signal).catch((reason: unknown) => reason);
    first[Symbol.dispose]();
    controller.abort(new Error('stopped by the caller'));
    await leaving;

    expect(await turnstile.enter(untimed())).to.have.property(Symbol.dispose);
  });
});
