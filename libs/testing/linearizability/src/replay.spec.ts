import { expect } from 'chai';
import { testId } from '#testing/report';
import { fc } from '#testing/properties';
import { everyHistory } from './every-history.ts';
import { errorOf, failureOf } from './fixtures/failure-of.ts';
import { InMemoryTest } from './fixtures/in-memory.ts';
import { counter, type CounterOp } from './fixtures/models.ts';
import { ENOUGH } from './fixtures/planted-and-correct.ts';
import { Tally } from './fixtures/ports.ts';
import { inOneStep, readingThenWriting } from './fixtures/repositories.ts';
import { replayIn, replayLine } from './replay.ts';

const t = InMemoryTest.install();
const VARIABLE = 'LOCKSTEP_TEST_HISTORY';

/** As a person would, who has copied the line. */
async function withLine<T>(line: string, work: () => Promise<T>): Promise<T> {
  const before = process.env[VARIABLE];
  process.env[VARIABLE] = /HISTORY=(\S+)/.exec(line)?.[1];
  try {
    return await work();
  } finally {
    if (before === undefined) delete process.env[VARIABLE];
    else process.env[VARIABLE] = before;
  }
}

describe('A history that has failed', () => {
  for (const controlled of [true, false]) {
    it(`is seen again by its line, and no other, ${controlled ? 'in its order' : 'as it comes'}`, async function () {
      const programs: string[] = [];
      const counting = (repository: typeof inOneStep): Mocha.AsyncFunc =>
        everyHistory(t, {
          operations: fc.constantFrom<CounterOp>('increment', 'read'),
          perform: async ({ get }, op, { client }) => {
            programs.push(`${client}: ${op}`);
            return repository(await get(Tally))(op);
          },
          model: counter,
          controlled,
          programs: ENOUGH,
        });
      const failure = await failureOf(counting(readingThenWriting), this);
      programs.length = 0;

      const again = await withLine(failure.message, () => failureOf(counting(readingThenWriting), this));

      expect(again.message).to.equal(failure.message);
      expect(programs).to.have.lengthOf.below(5); // one run, and one to learn which calls answer later
      expect([...new Set(programs)].toSorted()).to.deep.equal(['client 0: increment', 'client 1: increment']);
      // Mended code takes other steps, so only what has no order can pass.
      if (!controlled) await withLine(failure.message, async () => counting(inOneStep).call(this));
    });
  }

  it('is asked of the test that it was printed for', () => {
    const one = { title: 'counts', file: 'src/counter.spec.ts' };
    const line = replayLine(one, { seed: -7, path: '3:0:1', order: '4b9c' });
    const environment = { [VARIABLE]: /HISTORY=(\S+)/.exec(line)?.[1] };

    expect(line).to.match(/ npx mocha src\/counter\.spec\.ts -g '\^counts\$'$/);
    expect(replayIn(environment, one)).to.deep.equal({ seed: -7, path: '3:0:1', order: '4b9c' });
    expect(() => replayIn(environment, { ...one, title: 'counts twice' })).to.throw('a history of another test');
    expect(replayIn({}, one)).to.equal(undefined);
    expect(() => replayIn({ [VARIABLE]: environment[VARIABLE]?.slice(0, 12) }, one)).to.throw('copy the whole line');
  });

  for (const token of ['-', '7', '7.3', '7.3:x.2b', '7.3.2b.1', '7.3.2b;', 'x.3.2b', 'x7.3.2b', '7..2b']) {
    it(`is refused where it is none: ${token}`, () => {
      const test = { title: 'counts', file: 'src/counter.spec.ts' };

      expect(() => replayIn({ [VARIABLE]: `${testId(test)}.${token}` }, test)).to.throw('which is no history');
      expect(() => replayIn({ [VARIABLE]: token }, test)).to.throw('which is not a history');
    });
  }

  for (const [controlled, order, message] of [
    [true, '', 'is no order'],
    [true, 'zz', 'is no order'],
    [false, '2b', 'this test has no order'],
  ] as const) {
    it(`is refused ${controlled ? 'in' : 'without'} an order where it says ${JSON.stringify(order)}`, async function () {
      const test = { title: this.test?.fullTitle() ?? '', file: this.test?.file };
      const line = replayLine(test, { seed: 7, path: '3', order });
      const counting = everyHistory(t, {
        operations: fc.constant<CounterOp>('read'),
        perform: async ({ get }, op) => inOneStep(await get(Tally))(op),
        model: counter,
        controlled,
      });

      expect((await withLine(line, () => errorOf(counting, this))).message).to.include(message);
    });
  }
});
