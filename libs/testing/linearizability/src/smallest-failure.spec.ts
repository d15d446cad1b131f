import { expect } from 'chai';
import { AsyncTestBase } from '#testing/lifecycle';
import { fc } from '#testing/properties';
import { programsOf, type Program } from './program.ts';
import { smallestFailure, spoken, type Found } from './smallest-failure.ts';
import type { Failure } from './tries.ts';

const t = AsyncTestBase.install();

const failure: Failure = { error: new Error('wrong'), steps: [], token: 'a' };
const programs = programsOf(fc.integer({ min: 0, max: 3 }), { clients: 3, length: 4 });
const unlimited = { programs: 100, findUntil: Infinity, shrinkUntil: Infinity };
/** As faults are: two clients have to meet in one thing. */
const meetsIn = (least: number) => async (program: Program<number>) =>
  program.filter((ops) => ops.some((op) => op >= least)).length > 1 ? failure : undefined;

describe('The smallest program that fails', () => {
  it(
    'has the fewest and the simplest operations',
    t.test(async () => {
      const search = await smallestFailure(programs, meetsIn(2), unlimited);

      expect(search.found?.failure).to.equal(failure);
      expect(search.found?.program.flat()).to.deep.equal([2, 2]);
    }),
  );

  it(
    'is found again where fast-check has it',
    t.test(async () => {
      const search = await smallestFailure(programs, meetsIn(3), unlimited);
      const { program, replay } = search.found as Found<number>;
      const { seed, path, order } = replay;

      expect(fc.sample(programs, { seed, path, numRuns: 1 })).to.deep.equal([program]);
      expect(order).to.equal(failure.token);
    }),
  );

  it(
    'is looked for among different programs, of two clients or more',
    t.test(async () => {
      const seen: string[] = [];

      const { tried } = await smallestFailure(programs, async (one) => void seen.push(JSON.stringify(one)), unlimited);

      expect(new Set(seen).size).to.equal(tried);
      expect(tried).to.be.above(80);
      expect(seen.filter((one) => one.split('[').length - one.split('[]').length < 3)).to.deep.equal([]);
    }),
  );

  it(
    'is not looked for when the time is up, and what was found until then is told',
    t.test(async () => {
      const none = await smallestFailure(programs, async () => failure, { ...unlimited, findUntil: 0 });
      const first = await smallestFailure(programs, async () => failure, { ...unlimited, shrinkUntil: 0 });

      expect(none).to.deep.equal({ tried: 0, isOver: true, found: undefined });
      expect(first).to.include({ tried: 1, isOver: true });
      expect(first.found?.replay.path).to.equal('0');
      expect(spoken(first, 3)).to.equal('1 program of 3 clients, with a failure, and then the time was up');
      expect(spoken({ tried: 20, isOver: false, found: undefined }, 2)).to.equal('20 programs of 2 clients');
    }),
  );

  it(
    'is not looked for any more when one cannot be tried, which fails unless one was found before',
    t.test(async () => {
      const broken = new Error('cannot be tried');
      let tried = 0;
      const tries = (cannot: number) => async () => {
        tried += 1;
        if (tried >= cannot) throw broken;
        return failure;
      };

      const none = await smallestFailure(programs, tries(1), unlimited).catch((error: unknown) => error);
      const triedOfNone = tried;
      tried = 0;
      const first = await smallestFailure(programs, tries(2), unlimited);

      expect(none).to.equal(broken);
      expect(triedOfNone).to.equal(1);
      expect(first).to.include({ tried: 2 });
      expect(first.found?.replay.path).to.equal('0');
    }),
  );

  it(
    'cannot be one of a single client',
    t.test(() => {
      expect(() => programsOf(fc.nat(), { clients: 1, length: 3 })).to.throw('takes two clients or more');
    }),
  );
});
