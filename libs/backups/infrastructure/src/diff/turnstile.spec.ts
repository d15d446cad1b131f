import { AsyncTestBase } from '#testing/lifecycle';
import { expect } from 'chai';
import { Turnstile } from './turnstile.ts';

const t = AsyncTestBase.install();

describe('Turnstile', () => {
  it(
    'lets as many in as there are places, and the next when one leaves, in the order they came',
    t.test(async ({ clock, signal }) => {
      const turnstile = new Turnstile(2);
      const inside: number[] = [];
      const entries = [1, 2, 3, 4].map(async (guest) => {
        const place = await turnstile.enter(signal);
        inside.push(guest);
        return place;
      });

      await clock.advance(0);
      const atFirst = [...inside];
      (await entries[0]!)[Symbol.dispose]();
      await clock.advance(0);

      expect(atFirst).to.deep.equal([1, 2]);
      expect(inside).to.deep.equal([1, 2, 3]);
    }),
  );

  it(
    'forgets who stops waiting',
    t.test(async ({ signal }) => {
      const turnstile = new Turnstile(1);
      const first = await turnstile.enter(signal);
      const controller = new AbortController();
      const stopped = new Error('stopped by the caller');

      const leaving = turnstile.enter(controller.signal).catch((reason: unknown) => reason);
      const staying = turnstile.enter(signal);
      controller.abort(stopped);
      first[Symbol.dispose]();

      expect(await leaving).to.equal(stopped);
      expect(await staying).to.have.property(Symbol.dispose);
    }),
  );

  it(
    'loses no place to one that is let in and stops at the same moment',
    t.test(async ({ signal }) => {
      const turnstile = new Turnstile(1);
      const first = await turnstile.enter(signal);
      const controller = new AbortController();

      const leaving = turnstile.enter(controller.signal).catch((reason: unknown) => reason);
      first[Symbol.dispose]();
      controller.abort(new Error('stopped by the caller'));
      await leaving;

      expect(await turnstile.enter(signal)).to.have.property(Symbol.dispose);
    }),
  );
});
