import { expect } from 'chai';
import { err, ok, type Result } from '#kernel';
import { AsyncTestBase } from '#testing/lifecycle';
import { realTurn } from '#testing/runtime';
import { gate } from './gate.ts';
import { race } from './race.ts';

/** Looks first and takes then, as if nobody else were there. */
class Careless {
  readonly taken: string[] = [];
  async take(name: string): Promise<Result<string, { readonly kind: 'NameTaken' }>> {
    const isTaken = this.taken.includes(name);
    await Promise.resolve();
    if (isTaken) return err({ kind: 'NameTaken' });
    this.taken.push(name);
    return ok(name);
  }
}

class Careful extends Careless {
  #last: Promise<unknown> = Promise.resolve();
  override take(name: string): ReturnType<Careless['take']> {
    const turn = this.#last.then(() => super.take(name));
    this.#last = turn;
    return turn;
  }
}

class RaceTest extends AsyncTestBase {}
const t = RaceTest.install();
const failureOf = (work: Promise<unknown>): Promise<string> => work.then(String, (error: Error) => error.message);

describe('A race', () => {
  it(
    'shows that code which looks first and acts then has many winners',
    t.test(async () => {
      const names = new Careless();

      const outcome = await race(5, () => names.take('core-1'));

      expect(outcome.tally).to.deep.equal({ fulfilled: 5 });
      expect(await failureOf((async () => outcome.winner())())).to.equal(
        [
          'Expected one racer to be fulfilled, and more were:',
          ...[0, 1, 2, 3, 4].map((index) => `  racer ${index}  fulfilled: 'core-1'`),
        ].join('\n'),
      );
    }),
  );

  it(
    'has one winner where the code is right, and the invariant holds',
    t.test(async () => {
      const names = new Careful();

      const outcome = await race(10, () => names.take('core-1'));

      outcome.expect({ fulfilled: 1, 'refused NameTaken': 9 });
      expect(outcome.winner()).to.deep.equal({ racer: 'racer 0', value: 'core-1' });
      expect(names.taken).to.deep.equal(['core-1']);
    }),
  );

  it(
    'tells refusals by kind from errors by name, racer by racer',
    t.test(async () => {
      const outcome = await race({
        reader: async () => 7,
        writer: async () => err({ kind: 'NameTaken', by: 'reader' }),
        broken: () => {
          throw new RangeError('out of places\nand more');
        },
      });

      expect(outcome.tally).to.deep.equal({ fulfilled: 1, 'refused NameTaken': 1, 'threw RangeError': 1 });
      expect(outcome.of('writer')).to.include({ ended: 'refused', kind: 'NameTaken' });
      expect(outcome.values).to.deep.equal([7]);
      expect(outcome.refusals).to.deep.equal([{ kind: 'NameTaken', by: 'reader' }]);
      expect(() => outcome.expect({ fulfilled: 3 })).to.throw(
        `Expected 3 fulfilled, and it was 1 fulfilled, 1 refused NameTaken, 1 threw RangeError:
  reader  fulfilled: 7
  writer  refused NameTaken: { kind: 'NameTaken', by: 'reader' }
  broken  threw RangeError: out of places`,
      );
    }),
  );

  it(
    'lets nobody start before the last one stands at the start',
    t.test(async () => {
      const [steps, slow]: [string[], ReturnType<typeof gate>] = [[], gate('the slow connection')];

      const racing = race({
        quick: async ({ start }) => {
          await start();
          steps.push('quick runs');
        },
        slow: async ({ start }) => {
          await slow.passed();
          steps.push('slow is ready');
          await start();
          steps.push('slow runs');
        },
      });
      slow.open();
      await racing;

      expect(steps).to.deep.equal(['slow is ready', 'quick runs', 'slow runs']);
    }),
  );

  it(
    'was none when one ended before it had come to the start',
    t.test(async () => {
      const failure = await failureOf(
        race(3, async ({ index, start }) => {
          if (index === 1) throw new Error('no connection');
          await start();
        }),
      );

      expect(failure).to.include('There was no race: racer 1 ended without coming to the start.');
      expect(failure).to.include('racer 1  threw Error: no connection');
    }),
  );

  it(
    'names those who still wait when it takes too long',
    t.test(async () => {
      const failure = await failureOf(race({ quick: () => 1, stuck: () => new Promise(() => {}) }, { within: 10 }));

      expect(failure).to.equal('The race was stopped after 10 ms. Still waiting: stuck.\n  quick  fulfilled: 1');
    }),
  );

  it(
    'aborts its racers when it takes too long, and tells who ended then',
    t.test(async () => {
      const failure = await failureOf(
        race(
          2,
          ({ signal }) => new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason))),
          { within: 10 },
        ),
      );

      expect(failure).to.include('The race was stopped after 10 ms.\n  racer 0  threw Error');
    }),
  );

  it(
    'does not begin where a race cannot be seen',
    t.test(async () => {
      const started: number[] = [];
      const sandbox = { proveRaces: () => Promise.reject(new Error('one connection shows no race')) };

      const failure = await failureOf(race(2, ({ index }) => started.push(index), { on: sandbox }));

      expect(failure).to.equal('one connection shows no race');
      expect(started).to.deep.equal([]);
    }),
  );

  it(
    'that never comes back holds up nothing behind its test',
    t.trials(
      async ({ run }) => {
        const timers = (): number => process.getActiveResourcesInfo().filter((type) => type === 'Timeout').length;
        await run(() => {}); // what the kit itself begins with the first one
        const before = timers();

        await run(async () => {
          void race(2, () => new Promise(() => {})).catch(() => {});
          await realTurn();
          expect(timers()).to.be.above(before);
        });

        expect(timers()).to.equal(before);
      },
      { within: 2_000 },
    ),
  );

  it(
    'needs two',
    t.test(async () => {
      expect(await failureOf(race(1, () => 1))).to.equal('A race needs two racers or more.');
    }),
  );
});
