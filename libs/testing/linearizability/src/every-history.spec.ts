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
import { FailedProgram, WrongHistory } from './wrong-history.ts';
import { fromMemory, inOneStep, readingThenWriting } from './fixtures/repositories.ts';

class CounterTest extends InMemoryTest {
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

    const failure = await errorOf(
      everyHistory(t, { ...counting, operations: fc.constant('increment'), perform }),
      this,
    );

    expect(failure).to.be.instanceOf(FailedProgram).and.not.instanceOf(WrongHistory);
    expect(failure.message.split('\n').slice(0, 7)).to.deep.equal([
      'client 1: the row was changed meanwhile',
      '',
      '       client 0    client 1',
      '   1   increment',
      '   2   → 1',
      '   3               increment',
      '   4               → threw     the row was changed meanwhile',
    ]);
    expect((failure.cause as Error).message).to.equal('the row was changed meanwhile');
    expect(failure.stack).to.match(/^FailedProgram: client 1: the row[^]*Again: .*\n +at /);
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
