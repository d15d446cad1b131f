import { expect } from 'chai';
import { fc } from '#testing/properties';
import { childrenFirst } from './empty-tables.ts';

const table = (oid: number): { oid: number; name: string } => ({ oid, name: `t${oid}` });

describe('childrenFirst', () => {
  it('puts every table before those it refers to', () => {
    const references = fc.array(
      fc.record({ child: fc.integer({ min: 0, max: 9 }), parent: fc.integer({ min: 0, max: 9 }) }),
    );
    fc.assert(
      fc.property(references, fc.shuffledSubarray([...Array(10).keys()]), (found, oids) => {
        // Only towards the smaller, so that there is no circle.
        const downward = found.filter(({ child, parent }) => child > parent);

        const order = childrenFirst(oids.map(table), downward).map(({ oid }) => oid);

        expect(order).to.have.members(oids);
        for (const { child, parent } of downward) {
          if (oids.includes(child) && oids.includes(parent))
            expect(order.indexOf(child)).to.be.below(order.indexOf(parent));
        }
      }),
    );
  });

  it('names the tables that refer to each other in a circle', () => {
    const circle = [
      { child: 1, parent: 2 },
      { child: 2, parent: 1 },
    ];

    expect(() => childrenFirst([table(1), table(2), table(3)], circle)).to.throw('t1, t2 refer to each other');
  });
});
