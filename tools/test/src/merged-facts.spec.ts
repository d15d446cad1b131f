import type { CountedFact } from '#testing/runtime';
import { expect } from 'chai';
import { mergedFacts } from './merged-facts.ts';
import type { TestResult } from './results.ts';

const written: CountedFact = { topic: 'order', text: 'written order', count: 1 };
const request: CountedFact = { topic: 'not controlled', text: 'a request to example.org', count: 2 };

function results(facts: Readonly<Record<string, readonly CountedFact[]>>): ReadonlyMap<string, TestResult> {
  const boring = { passed: 1, failed: 0, pending: 0, milliseconds: 1, failures: [] };
  return new Map(Object.entries(facts).map(([project, facts]) => [project, { ...boring, project, facts }]));
}

describe('The facts of several runs', () => {
  it('are said once where all projects say the same', () => {
    const facts = mergedFacts(['a', 'b'], results({ a: [written], b: [written] }));

    expect(facts).to.deep.equal([{ ...written, count: 2 }]);
  });

  it('name the projects where only some say so', () => {
    const facts = mergedFacts(['a', 'b', 'c'], results({ a: [request], b: [written], c: [request] }));

    expect(facts.map(({ text, count }) => [text, count])).to.deep.equal([
      ['a request to example.org (a, c)', 4],
      ['written order (b)', 1],
    ]);
  });

  it('count the projects where they are many', () => {
    const all = Object.fromEntries(['a', 'b', 'c', 'd'].map((project) => [project, [request]]));

    expect(mergedFacts(['a', 'b', 'c', 'd', 'e'], results(all))[0]?.text).to.equal(
      'a request to example.org (4 projects)',
    );
  });

  it('are none of a project that left no result', () => {
    expect(mergedFacts(['a'], results({}))).to.deep.equal([]);
  });
});
