import { expect } from 'chai';
import { InMemoryJobType } from './in-memory-job-type.ts';
import { jobTypeContract } from './job-type.contract.ts';

const type = new InMemoryJobType('test.run', ['core-1']);

describe('A type of job in memory', () => {
  jobTypeContract.holdsFor(InMemoryJobType, () => ({
    type,
    payloads: [{ name: 'core-1' }, { name: 'edge-1' }],
    wrong: [null, {}, { name: 7 }],
  }));

  it('refuses what names something that is not there', async () => {
    expect(await type.refusalOf({ name: 'edge-1' }, new AbortController().signal)).to.equal(
      'names edge-1, which is not there',
    );
  });
});
