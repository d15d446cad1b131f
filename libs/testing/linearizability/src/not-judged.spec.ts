import { expect } from 'chai';
import { fc } from '#testing/properties';
import { everyHistory } from './every-history.ts';
import type { EveryHistoryOptions } from './every-history-options.ts';
import { errorOf, failureOf } from './fixtures/failure-of.ts';
import { InMemoryTest } from './fixtures/in-memory.ts';
import { counter, type CounterOp } from './fixtures/models.ts';
import { ENOUGH } from './fixtures/planted-and-correct.ts';
import { Tally } from './fixtures/ports.ts';
import { inOneStep, readingThenWriting } from './fixtures/repositories.ts';
import { FailedProgram, WrongHistory } from './wrong-history.ts';

class CounterTest extends InMemoryTest {
  count = 0;
}

const t = CounterTest.install();

const counting: EveryHistoryOptions<CounterTest, number, CounterOp, number> = {
  operations: fc.constantFrom<CounterOp>('increment', 'read'),
  perform: async ({ get }, op) => inOneStep(await get(Tally))(op),
  model: counter,
  programs: ENOUGH,
};

describe('A test of every history', () => {
  for (const controlled of [true, false]) {
    const how = controlled ? 'where their order is chosen' : 'as they come';

    it(`has not passed when its time was up before anything was run, ${how}`, async function () {
      const longer: typeof t = { ...t, trials: (driver) => t.trials(driver, { within: 5_000 }) };

      const error = await errorOf(everyHistory(longer, { ...counting, within: 0, controlled }), this);

      expect(error.message).to.include('The time was up before anything had been run to its end');
    });

    it(`has not found a wrong one when its time is up in the middle of a run, ${how}`, async function () {
      const stop = new AbortController();
      const { signal } = stop;
      const stopped: typeof t = {
        ...t,
        trials: (driver, limit) => t.trials((trials) => driver({ ...trials, signal }), limit),
      };
      const given = (): void => {
        stop.abort();
        throw new Error('stopped');
      };

      const error = await errorOf(everyHistory(stopped, { ...counting, given, controlled }), this);

      expect(error.message).to.include('The time was up in the middle of a run');
    });
  }

  it('has put nothing in order where no operation calls a port, and finds what is wrong as it comes', async function () {
    const perform = async (test: CounterTest, op: CounterOp): Promise<number> => {
      const { count } = test;
      await Promise.resolve();
      if (op === 'increment') test.count = count + 1;
      return op === 'increment' ? count + 1 : count;
    };

    const error = await errorOf(everyHistory(t, { ...counting, perform }), this);
    const failure = await failureOf(everyHistory(t, { ...counting, perform, controlled: false }), this);
    await everyHistory(t, {
      ...counting,
      perform: async (test, op) => (op === 'increment' ? (test.count += 1) : test.count),
      ...{ programs: 3, controlled: false },
    }).call(this);

    expect(error.message)
      .to.include('There is nothing to put in order: no operation called a port')
      .and.include('controlled: false');
    expect(failure.message).to.include('fits nowhere');
  });

  it('does not call wrong what it could not judge, and tells where it failed', async function () {
    const initial = (): number => {
      throw new Error('no state');
    };
    const given = (): void => {
      throw new Error('no rows');
    };
    const careless = { ...counter, initial };

    const undecided = await errorOf(everyHistory(t, { ...counting, limits: { steps: 1 } }), this);
    const unmodelled = await errorOf(everyHistory(t, { ...counting, model: careless }), this);
    const unprepared = await errorOf(everyHistory(t, { ...counting, given }), this);

    for (const error of [undecided, unmodelled]) {
      expect(error).to.be.instanceOf(FailedProgram).and.not.instanceOf(WrongHistory);
      expect(error.message).to.include('The program:').and.include('Again: ');
    }
    expect(undecided.message).to.match(/^No verdict after 1 steps/);
    expect(unmodelled.message).to.match(/^The history could not be judged by the model: no state/);
    expect(unprepared).to.not.be.instanceOf(FailedProgram);
    expect(unprepared.message).to.equal('Before any client began, `given` failed: no rows');
  });

  it('tells a wrong history once', async function () {
    const perform = async ({ get }: CounterTest, op: CounterOp): Promise<number> =>
      readingThenWriting(await get(Tally))(op);

    const failure = await failureOf(everyHistory(t, { ...counting, perform }), this);

    expect([failure.name, failure.cause]).to.deep.equal(['WrongHistory', undefined]);
    expect(failure.stack).to.equal(`WrongHistory: ${failure.message}`);
  });

  it('refuses options that leave nothing to run', () => {
    const none = { ...counting, orders: { orders: 0, sample: { orders: 0 } } };

    expect(() => everyHistory(t, none)).to.throw('let `orders`, or those of `sample`, be 1 or more');
    expect(() => everyHistory(t, { ...counting, orders: { switches: -1 } })).to.throw('let `switches` be 0 or more');
    expect(() => everyHistory(t, { ...counting, programs: 0 })).to.throw('let `programs` be 1 or more');
    expect(() => everyHistory(t, { ...counting, controlled: false, runs: 0 })).to.throw('let `runs` be 1 or more');
  });

  it('runs orders that are drawn alone, where that is asked for', async function () {
    await everyHistory(t, { ...counting, programs: 2, orders: { orders: 0, sample: { orders: 3 } } }).call(this);
  });
});
