import { fc } from '#testing/properties';
import { expect } from 'chai';
import { play, programOf, type Program } from './fixtures/play.ts';
import { reducedSearch } from './reduced-search.ts';
import { search } from './search.ts';
import { areIndependent, type Step } from './step.ts';

const limits = { orders: Infinity, switches: Infinity, isOver: () => false };

/** What two orders have in common if they differ only in independent steps: who comes first of each two that are not. */
function classOf(steps: readonly Step[]): string {
  const name = ({ actor, number }: Step): string => `${actor}.${number}`;
  return steps
    .flatMap((one, index) =>
      steps
        .slice(index + 1)
        .filter((other) => !areIndependent(one, other))
        .map((other) => `${name(one)}<${name(other)}`),
    )
    .toSorted()
    .join(' ');
}

async function classesIn(program: Program, reduces: boolean): Promise<readonly string[]> {
  const classes: string[] = [];
  const length = Object.values(program).flat().length;
  const { orders } = await (reduces ? reducedSearch : search)(async (choose) => {
    const order = play(program, choose);
    if (order.steps.length === length) classes.push(classOf(order.steps));
    return order;
  }, limits);
  expect(orders).to.equal(classes.length);
  return classes;
}

const key = fc.constantFrom('x', 'y', 'z');
const keys = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({ reads: fc.array(key, { maxLength: 2 }), writes: fc.array(key, { maxLength: 1 }) }),
  },
  { weight: 1, arbitrary: fc.constant(undefined) },
);
const programs: fc.Arbitrary<Program> = fc
  .array(fc.array(keys, { maxLength: 3 }), { minLength: 2, maxLength: 3 })
  .map((all) => Object.fromEntries(all.map((steps, index) => [`a${index}`, steps])));

describe('A reduced search', () => {
  it('runs exactly one order of all that differ only in independent steps', async () => {
    await fc.assert(
      fc.asyncProperty(programs, async (program) => {
        const all = await classesIn(program, false);

        const reduced = await classesIn(program, true);

        expect(reduced.toSorted()).to.deep.equal([...new Set(all)].toSorted());
      }),
      { numRuns: 60 },
    );
  }).timeout(20_000);

  it('runs all orders where every step touches everything', async () => {
    expect(await classesIn(programOf(3, 3), true)).to.have.lengthOf(20);
  });

  it('runs one order where everybody only reads, and two where one step of two writes', async () => {
    const reading = { reads: ['x'] };

    expect(await classesIn({ a: [reading, reading], b: [reading, reading] }, true)).to.have.lengthOf(1);
    expect(await classesIn({ a: [reading], b: [{ writes: ['x'] }] }, true)).to.have.lengthOf(2);
    expect(await classesIn({ a: [{ writes: ['x'] }], b: [{ writes: ['x'] }] }, true)).to.have.lengthOf(2);
    expect(await classesIn({ a: [{ writes: ['x'] }], b: [{ writes: ['y'] }] }, true)).to.have.lengthOf(1);
  });
});
