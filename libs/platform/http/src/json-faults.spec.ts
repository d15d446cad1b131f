import { expect } from 'chai';
import { fc } from '#testing/properties';
import { findJsonFault } from './json-faults.ts';

describe('findJsonFault', () => {
  it('finds nothing wrong with what a program serialized', () => {
    const json = fc.json({ maxDepth: 8 }).filter((text) => !/"(__proto__|constructor|prototype)":/.test(text));

    fc.assert(fc.property(json, (text) => findJsonFault(text) === undefined));
  });

  it('finds a repeated key wherever it is', () => {
    const surroundings = fc.constantFrom(
      (twice: string) => twice,
      (twice: string) => `[1, "a:,{", ${twice}]`,
      (twice: string) => `{"a": {"b": [[], {}, ${twice}]}}`,
    );

    fc.assert(
      fc.property(
        fc.oneof(fc.string(), fc.constantFrom('é', '\ud83d', '\0', '\u2028')),
        surroundings,
        (key, around) => {
          fc.pre(!['__proto__', 'constructor', 'prototype'].includes(key));
          const twice = `{${JSON.stringify(key)}: 1, "${key.length}x": "\\"", ${JSON.stringify(key)} : 2}`;
          return findJsonFault(around(twice)) === `The key ${JSON.stringify(key)} is there twice.`;
        },
      ),
    );
  });

  it('finds a repeated key that is written in another way', () => {
    expect(findJsonFault('{"name":1,"n\\u0061me":2}')).to.equal('The key "name" is there twice.');
  });

  it('tells keys of different objects, and values, from repeated keys', () => {
    expect(findJsonFault('[{"a":"a"},{"a":["a","a"]},{"b":{"a":1},"a":2}]')).to.equal(undefined);
  });

  for (const key of ['__proto__', 'constructor', 'prototype', '__pr\\u006fto__']) {
    it(`finds the key ${key}`, () => {
      expect(findJsonFault(`{"a":[{"${key}":{}}]}`)).to.match(/^The key "\w+" is not allowed\.$/);
    });
  }

  it('finds what is nested too deep', () => {
    const nested = (depth: number): string => '['.repeat(depth) + ']'.repeat(depth);

    expect(findJsonFault(nested(32))).to.equal(undefined);
    expect(findJsonFault(nested(33))).to.equal('It is nested deeper than 32 levels.');
  });
});
