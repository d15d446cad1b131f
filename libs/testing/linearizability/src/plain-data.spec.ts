import { expect } from 'chai';
import { AsyncTestBase } from '#testing/lifecycle';
import { fc } from '#testing/properties';
import { isDeepStrictEqual } from 'node:util';
import { areEqual, textOf } from './plain-data.ts';

const t = AsyncTestBase.install();
const text = (value: unknown): string => textOf(value, 'say how');
const positiveZero = fc.double().map((number) => number + 0);
const values = fc.anything({
  values: [fc.boolean(), fc.integer(), positiveZero, fc.string(), fc.constantFrom(null, undefined, NaN)],
  ...{ withBigInt: true, withDate: true, withMap: true, withSet: true, maxDepth: 2 },
});

describe('The text of plain data', () => {
  it(
    'is the same for equal values only',
    t.test(() => {
      const different = [
        ...[0, NaN, '0', 0n, null, undefined, 'null', false, [], {}, new Set(), new Map(), new Date(0)],
        ...[[0], ['0'], [[]], { a: 1 }, { a: 1, b: 1 }, { b: 1 }, { a: undefined }, new Set([1]), new Set(['1'])],
        ...[[1, 2], [12], ['1,2'], new Map([[1, 2]]), new Map([[2, 1]]), new Date(1), { 'a":1,"b': 1 }],
      ];

      expect(new Set(different.map(text)).size).to.equal(different.length);
      expect(text({ a: 1, b: { c: 2, d: 3 } })).to.equal(text({ b: { d: 3, c: 2 }, a: 1 }));
    }),
  );

  it(
    'agrees with the comparison of Node about whatever is generated',
    t.test(() => {
      fc.assert(
        fc.property(values, values, (one, other) => text(one) !== text(other) || isDeepStrictEqual(one, other)),
        { numRuns: 1_000 },
      );
      fc.assert(
        fc.property(values, values, (one, other) => areEqual(one, other, '') === isDeepStrictEqual(one, other)),
        { numRuns: 1_000 },
      );
      fc.assert(fc.property(fc.clone(values, 2), ([one, other]) => text(one) === text(other)));
    }),
  );

  it(
    'does not exist for what cannot be seen from outside, at any depth',
    t.test(() => {
      class Hidden {}
      for (const value of [new Hidden(), [new Error('no')], { at: new Map([[1, () => 1]]) }, Symbol('s')]) {
        expect(() => text(value)).to.throw(TypeError, 'cannot be compared by value: say how');
      }
    }),
  );
});

describe('Two values of plain data', () => {
  it(
    'are equal whatever the order of members of a set',
    t.test(() => {
      expect(areEqual(new Set([1, 2]), new Set([2, 1]), '')).to.equal(true);
      expect(areEqual(new Set([1, 2]), new Set([2, 3]), '')).to.equal(false);
      expect(areEqual([1, 2], [2, 1], '')).to.equal(false);
      expect(areEqual([new Map([[1, new Set([1, 2])]])], [new Map([[1, new Set([2, 1])]])], '')).to.equal(true);
    }),
  );

  it(
    'are equal where one is 0 and the other is -0, at any depth',
    t.test(() => {
      expect(text({ a: [-0] })).to.equal(text({ a: [0] }));
      expect(areEqual({ a: [-0], b: new Set([1, 2]) }, { a: [0], b: new Set([2, 1]) }, '')).to.equal(true);
    }),
  );
});
