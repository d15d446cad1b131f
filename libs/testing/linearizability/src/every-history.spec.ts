import { expect } from 'chai';
import { mkdtempDisposable, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { testId } from '#testing/report';
import { facts } from '#testing/runtime';
import { fc } from '#testing/properties';
import { everyHistory } from './every-history.ts';
import type { EveryHistoryOptions } from './every-history-options.ts';
import { errorOf, failureOf } from './fixtures/failure-of.ts';
import { InMemoryTest } from './fixtures/in-memory.ts';
import { counter, type CounterOp } from './fixtures/models.ts';
import { ENOUGH, plantedAndCorrect } from './fixtures/planted-and-correct.ts';
import { Tally } from './fixtures/ports.ts';
import { fromMemory, inOneStep, readingThenWriting } from './fixtures/repositories.ts';

class CounterTest extends InMemoryTest {
  count = 0;
  readonly remembering = this.fixture(async () => fromMemory(await this.get(Tally)));
}

const t = CounterTest.install();

const counting: EveryHistoryOptions<CounterTest, number, CounterOp, number> = {
  operations: fc.constantFrom<CounterOp>('increment', 'read'),
  perform: async ({ get }, op) => inOneStep(await get(Tally))(op),
  model: counter,
  programs: ENOUGH,
};

describe('An object in memory whose order is chosen', () => plantedAndCorrect(t, { smallest: 2 }));

describe('An object in memory that is used as it comes', () =>
  plantedAndCorrect(t, { smallest: 2, controlled: false }));

describe('Every history', () => {
  it('tells what happened, in which order, by which program, and how to see it again', async function () {
    const failure = await failureOf(
      everyHistory(t, { ...counting, perform: async ({ get }, op) => readingThenWriting(await get(Tally))(op) }),
      this,
    );

    expect(failure.message.replace(/\.\d+\.[\d:]+\./, '.seed.path.').split('\n')).to.deep.equal([
      'No order of these operations explains that client 0 was answered 1 to increment:',
      '',
      '       client 0    client 1',
      '   1   increment',
      '   2   │           increment',
      '   3   │           → 1',
      '   4   → 1                     ✗ fits nowhere',
      '',
      'Wherever it comes, the model answers:',
      '  2   in the state 1',
      '',
      'The program:',
      '  client 0: increment',
      '  client 1: increment',
      '',
      'The order of its steps:',
      '    1  client 0  increment',
      '    2  client 0  Tally.read',
      '    3  client 1  increment',
      '    4  client 1  Tally.read',
      '    5  client 1  Tally.write',
      '    6  client 0  Tally.write',
      '',
      failure.message
        .split('\n')
        .at(-1)
        ?.replace(/\.\d+\.[\d:]+\./, '.seed.path.'),
    ]);
    expect(failure.message).to.match(/\nAgain: LOCKSTEP_TEST_HISTORY=[\da-f]{8}\.-?\d+\.[\d:]+\.\w+ npx mocha .+$/);
  });

  it('finds an answer that is older than what another client was told before it was asked', async function () {
    const failure = await failureOf(
      everyHistory(t, {
        ...counting,
        length: 1,
        given: async ({ remembering }) => (await remembering())('read'),
        perform: async ({ remembering }, op) => (await remembering())(op),
      }),
      this,
    );

    expect(failure.message).to.include('was answered 0 to read');
    expect(failure.program.flat().toSorted()).to.deep.equal(['increment', 'read']);
  });

  it('says what an operation threw, unless that is known to have had no effect', async function () {
    const perform = async ({ get }: CounterTest, op: CounterOp, { client }: { client: string }): Promise<number> => {
      if (client === 'client 1') throw new Error('the row was changed meanwhile');
      return inOneStep(await get(Tally))(op);
    };

    const failure = await failureOf(everyHistory(t, { ...counting, perform }), this);

    expect(failure.message).to.include('client 1: the row was changed meanwhile').and.include('increment (open)');
    await everyHistory(t, { ...counting, perform, programs: 5, thrown: () => 'no effect' }).call(this);
  });

  it('leaves open what an operation that threw has done, where that is unknown', async function () {
    const loses = (isDone: boolean): EveryHistoryOptions<CounterTest, number, CounterOp, number> => ({
      ...counting,
      programs: 5,
      perform: async ({ get }, op, { client }) => {
        const tally = await get(Tally);
        if (client === 'client 0') return inOneStep(tally)(op);
        if (isDone) await inOneStep(tally)(op);
        throw new Error('the connection broke');
      },
    });

    await everyHistory(t, { ...loses(true), thrown: () => 'unknown' }).call(this);
    await everyHistory(t, { ...loses(false), thrown: () => 'unknown' }).call(this);
    const failure = await failureOf(everyHistory(t, { ...loses(true), thrown: () => 'no effect' }), this);

    expect(failure.message).to.include('fits nowhere');
  });

  it('begins from what is given', async function () {
    const given = async ({ get }: CounterTest): Promise<number> => (await get(Tally)).add();
    const fromOne = { ...counting, programs: 3, given, model: { ...counter, initial: () => 1 } };

    await everyHistory(t, fromOne).call(this);
    const failure = await failureOf(everyHistory(t, { ...fromOne, model: counter }), this);

    expect(failure.program.map(({ length }) => length)).to.deep.equal([1, 1]);
  });

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

  it('reports how much was tried, and what was left to chance', async function () {
    await everyHistory(t, { ...counting, length: 1 }).call(this);
    await everyHistory(t, { ...counting, length: 1, controlled: false, runs: 3 }).call(this);

    const told = facts().filter(({ text }) => text.includes(this.test?.title as string));
    expect(
      told.map(({ topic, text }) => `${topic}: ${text.replace(/(:|, in ")[^:,]*Every history.*/, '')}`),
    ).to.deep.equal([
      'orders: 4 programs of 2 clients: 24 orders, complete for 4',
      'orders: 4 programs of 2 clients: 12 runs',
      'not controlled: which of the clients came first, in 12 runs',
    ]);
  });

  it('reports what it has found, and leaves it as JSON where that is asked for', async function () {
    await using folder = await mkdtempDisposable(join(tmpdir(), 'histories-'));
    const test = { title: this.test?.fullTitle() ?? '', file: this.test?.file };
    const perform = async ({ get }: CounterTest, op: CounterOp): Promise<number> =>
      readingThenWriting(await get(Tally))(op);
    const { LOCKSTEP_TEST_REPORTS: before = '' } = process.env;
    process.env.LOCKSTEP_TEST_REPORTS = folder.path;

    const failure = await failureOf(everyHistory(t, { ...counting, perform }), this).finally(
      () => (process.env.LOCKSTEP_TEST_REPORTS = before),
    );

    const left = JSON.parse(await readFile(join(folder.path, `histories-${testId(test)}.json`), 'utf8')) as {
      readonly ran: number;
      readonly failure: Readonly<Record<'token' | 'error' | 'program' | 'steps', unknown>>;
    };
    const told = facts().filter(({ topic, text }) => topic === 'orders' && text.endsWith(test.title));
    expect(told.map(({ text }) => / of 2 clients, with a failure: (\d+) orders, /.exec(text)?.[1])).to.deep.equal([
      String(left.ran),
    ]);
    expect(failure.message).to.include(`LOCKSTEP_TEST_HISTORY=${String(left.failure.token)} npx`);
    expect(failure.message).to.include(String(left.failure.error).replace(/^Error: /, ''));
    expect(left.failure.program).to.deep.equal({ 'client 0': ['increment'], 'client 1': ['increment'] });
    expect(left.failure.steps).to.have.lengthOf(6);
  });
});
