import type { Json } from '#kernel';
import { contract } from '#kernel/testing';
import { expect } from 'chai';
import { JobType } from '../job-type.ts';

export type JobTypeUnderTest = {
  readonly type: JobType;
  readonly payloads: readonly Json[];
  /** What a client may send by mistake; whatever is no payload of any type is tried as well. */
  readonly wrong: readonly Json[];
};

/** What every {@link JobType} promises. */
export const jobTypeContract = contract(JobType, (open: () => JobTypeUnderTest) => {
  it('takes the payloads of its jobs', () => {
    const { type, payloads } = open();

    expect(payloads.map((payload) => type.problemWith(payload))).to.deep.equal(payloads.map(() => null));
  });

  it('says what is wrong with any other', () => {
    const { type, wrong } = open();

    for (const payload of [...wrong, 'nonsense', [1, [2]]]) {
      expect(type.problemWith(payload), JSON.stringify(payload)).to.be.a('string').and.not.equal('');
    }
  });
});
