import { expect } from 'chai';
import { AsyncTestBase } from '#testing/lifecycle';
import { openCalls } from '#testing/runtime';
import { gate, type Gate } from './gate.ts';

class GateTest extends AsyncTestBase {}
const t = GateTest.install();

describe('A gate', () => {
  it(
    'holds everybody up until it is opened, and nobody after that',
    t.test(async () => {
      const door = gate();
      const passed: string[] = [];
      const passing = ['one', 'two'].map((name) => door.passed().then(() => passed.push(name)));
      const before = [...passed, door.waiting, door.isOpen];

      door.open();
      await Promise.all(passing);
      await door.passed();

      expect(before).to.deep.equal([2, false]);
      expect([...passed, door.waiting, door.isOpen]).to.deep.equal(['one', 'two', 0, true]);
    }),
  );

  it(
    'lets one go whose signal aborts',
    t.test(async () => {
      const [door, stop] = [gate(), new AbortController()];
      const waiting = door.passed(stop.signal).catch((reason: unknown) => reason);

      stop.abort('enough');

      expect(await waiting).to.equal('enough');
      expect(door.waiting).to.equal(0);
    }),
  );

  it(
    'is known as what the test waits for',
    t.test(async () => {
      const door = gate('the first payment');
      const passing = door.passed();

      const told = openCalls().map(({ what, site }) => `${what} at ${String(site)}`);
      door.open();
      await passing;

      expect(told.join()).to.match(/a wait for the first payment to open at .*gate\.spec\.ts/);
      expect(openCalls().filter(({ what }) => what.includes('first payment'))).to.deep.equal([]);
    }),
  );

  it('fails those who still wait when the test ends', async () => {
    let waiting: Promise<unknown> | undefined;
    const context = { timeout: () => 2_000 } as unknown as Mocha.Context;

    await t
      .test(() => {
        const door: Gate = gate('the first payment');
        waiting = door.passed().catch((error: unknown) => error);
      })
      .call(context);

    expect(String(await waiting)).to.equal('Error: Nobody opened the first payment as long as the test ran.');
  });
});
