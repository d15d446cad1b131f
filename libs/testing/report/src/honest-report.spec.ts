import { factTopics, type CountedFact } from '#testing/runtime';
import { expect } from 'chai';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { honestReport } from './honest-report.ts';

const golden = readFileSync(join(import.meta.dirname, 'fixtures/honest-report.txt'), 'utf8')
  .trimEnd()
  .split('\n');
const aFact = (fact: Partial<CountedFact>): CountedFact => ({ topic: 'rung', text: 'a fact', count: 1, ...fact });

describe('The honest report', () => {
  it('has a place for every topic, also when there is nothing to tell', () => {
    const everything = factTopics.map((topic) => aFact({ topic, text: `something of ${topic}` }));

    expect([...honestReport([]), '', ...honestReport(everything)]).to.deep.equal(golden);
  });

  it('says how often the same was seen', () => {
    const lines = honestReport([aFact({ topic: 'not controlled', text: 'a request to example.org', count: 3 })]);

    expect(lines).to.include('  not controlled: a request to example.org (3 times)');
  });

  it('says how many facts it leaves out', () => {
    const lines = honestReport(Array.from({ length: 15 }, (_, n) => aFact({ text: `suite ${n}` })));

    expect(lines).to.have.lengthOf(14);
    expect(lines.at(-1)).to.equal('  rung: and 3 more');
  });
});
