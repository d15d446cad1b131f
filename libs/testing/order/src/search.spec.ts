import { cases } from '#testing/lifecycle';
import { expect } from 'chai';
import { play, programOf, told, type Fails, type Program } from './fixtures/play.ts';
import { search, type Searched, type SearchLimits } from './search.ts';

type Found = Searched & { readonly seen: readonly string[]; readonly switches: readonly number[] };

const never = (): boolean => false;

async function searched(program: Program, limits: Partial<SearchLimits> = {}, fails?: Fails): Promise<Found> {
  const seen: string[] = [];
  const switches: number[] = [];
  const all = { orders: Infinity, switches: Infinity, isOver: never, ...limits };
  const found = await search(async (choose) => {
    const order = play(program, choose, fails);
    seen.push(told(order));
    switches.push(order.switches);
    return order;
  }, all);
  return { ...found, seen, switches };
}

describe('A search', () => {
  for (const [title, { lengths, orders }] of cases('of {case} steps runs each of {orders} orders once', {
    '2 and 2': { lengths: [2, 2], orders: 6 },
    '5 and 5': { lengths: [5, 5], orders: 252 },
    '3, 3 and 3': { lengths: [3, 3, 3], orders: 1_680 },
    '1, 2, 3 and 0': { lengths: [1, 2, 3, 0], orders: 60 },
    no: { lengths: [0, 0], orders: 1 },
  })) {
    it(title, async () => {
      const found = await searched(programOf(...lengths));

      expect(found).to.include({ orders, redundant: 0, allUpTo: Infinity, failure: undefined });
      expect(new Set(found.seen).size).to.equal(orders);
      expect(found.seen).to.have.lengthOf(orders);
    });
  }

  it('runs orders with fewer switches first', async () => {
    const { switches } = await searched(programOf(3, 3, 2));

    expect(switches).to.deep.equal(switches.toSorted((one, other) => one - other));
    expect(new Set(switches).size).to.be.above(3);
  });

  it('finds a failure with as few switches as there are', async () => {
    const nested: Fails = (steps) => told({ steps }).includes('a0 a1 a0 a1 a0');

    const { failure } = await searched(programOf(3, 3), {}, nested);

    expect(failure?.switches).to.equal(4);
  });

  it('stops at the limit of orders, and says which switches are all done', async () => {
    const all = await searched(programOf(3, 3));
    const upToOne = all.switches.filter((count) => count <= 1).length;

    expect(await searched(programOf(3, 3), { orders: upToOne - 1 })).to.include({ orders: upToOne - 1, allUpTo: 0 });
    expect(await searched(programOf(3, 3), { orders: upToOne })).to.include({ orders: upToOne, allUpTo: 1 });
    expect(await searched(programOf(3, 3), { orders: 20 })).to.include({ orders: 20, allUpTo: Infinity });
    expect(await searched(programOf(3, 3), { orders: 0 })).to.include({ orders: 0, allUpTo: -1 });
  });

  it('leaves out orders with more switches than are wanted', async () => {
    const all = await searched(programOf(3, 3));
    const upToOne = all.switches.filter((count) => count <= 1).length;

    expect(await searched(programOf(3, 3), { switches: 1 })).to.include({ orders: upToOne, allUpTo: 1 });
    expect(await searched(programOf(3, 3), { switches: 99 })).to.include({ orders: 20, allUpTo: Infinity });
  });

  it('stops when it is over', async () => {
    let left = 5;

    const { orders } = await searched(programOf(3, 3), { isOver: () => (left -= 1) < 0 });

    expect(orders).to.equal(5);
  });

  it('refuses a program that stands elsewhere when it is taken the same way', async () => {
    let runs = 0;
    const errors: unknown[] = [];
    const choosing = search(
      async (choose) => {
        runs += 1;
        return play(runs === 1 ? programOf(2, 2) : programOf(0, 2, 2), choose);
      },
      { orders: 10, switches: Infinity, isOver: never },
    );
    await choosing.catch((error: unknown) => errors.push(error));

    expect(String(errors[0])).to.match(
      /^OtherProgram: Taken the same way, the program stands elsewhere: there was "a1: Port\.call", and now there is "a1: Port\.call; a2: Port\.call"\.$/,
    );
  });
});
