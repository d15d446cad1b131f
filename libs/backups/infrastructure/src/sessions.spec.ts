import { AsyncTestBase } from '#testing/lifecycle';
import { expect } from 'chai';
import { Sessions } from './sessions.ts';

const DEVICES = 100;
const [PLACES, AT_ONCE] = [16, 4];
const [DIAL_MS, TALK_MS, GIVE_UP_MS] = [100, 2_000, 20_000];

/** A fleet whose devices are dialled by a worker with so many places, of which four times fewer are sessions. */
class FleetTest extends AsyncTestBase {
  /** How long it takes until the last device that is not dead was talked to, in milliseconds. */
  async roundOf(isDead: (device: number) => boolean): Promise<number> {
    const { clock, signal } = this;
    const sessions = new Sessions(clock, AT_ONCE);
    const began = clock.now().getTime();
    let [next, last, talking] = [0, began, 0];
    const collect = async (device: number): Promise<void> => {
      using place = await sessions.enter(signal);
      await place.whileDialling(clock.sleep(isDead(device) ? GIVE_UP_MS : DIAL_MS, signal));
      if (isDead(device)) return;
      await place.regain(signal);
      talking += 1;
      expect(talking).to.be.at.most(AT_ONCE);
      await clock.sleep(TALK_MS, signal);
      talking -= 1;
      last = clock.now().getTime();
    };
    const work = async (): Promise<void> => {
      while (next < DEVICES) await collect(next++);
    };
    await clock.runUntil(Promise.all(Array.from({ length: PLACES }, work)));
    return last - began;
  }
}

const t = FleetTest.install();

describe('Sessions with a fleet', () => {
  it(
    'are as many at once as may be',
    t.test(async ({ roundOf }) => {
      expect(await roundOf(() => false)).to.equal((DEVICES / AT_ONCE) * (DIAL_MS + TALK_MS));
    }),
  );

  const fleets = {
    'spread over the fleet': (device: number) => device % 10 < 3,
    'behind the others, where those are put that failed the last time': (device: number) => device >= 70,
  };
  for (const [where, isDead] of Object.entries(fleets)) {
    it(
      `are over within 1.2 times that when 30 % of the devices are dead, ${where}`,
      t.test(async ({ roundOf }) => {
        const withoutFailure = (DEVICES / AT_ONCE) * (DIAL_MS + TALK_MS);

        expect(await roundOf(isDead)).to.be.at.most(1.2 * withoutFailure);
      }),
    );
  }

  it(
    'are given to the next one when somebody stops while it waits for its place to come back',
    t.test(async ({ clock, signal }) => {
      const sessions = new Sessions(clock, 1);
      const stop = new AbortController();
      using slow = await sessions.enter(signal);
      const dialling = slow.whileDialling(clock.sleep(5_000, signal));
      await clock.advance(1_000);
      const other = await sessions.enter(signal);
      await clock.advance(4_000);
      await dialling;

      const waiting = slow.regain(stop.signal).catch((reason: unknown) => reason);
      stop.abort(new Error('stopped'));
      other[Symbol.dispose]();
      using third = await sessions.enter(signal);

      expect(await waiting).to.have.property('message', 'stopped');
      expect(third).to.exist;
    }),
  );
});
