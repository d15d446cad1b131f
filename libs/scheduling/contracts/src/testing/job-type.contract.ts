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

  it('misses nothing that its jobs need, and asks for nobody who has given up', async () => {
    const { type, payloads } = open();
    const reason = new Error('gave up');
    const ask = async (signal: AbortSignal): Promise<unknown> => (await type.refusalOf?.(payloads[0]!, signal)) ?? null;

    const [refusal, refused] = [
      await ask(new AbortController().signal),
      await ask(AbortSignal.abort(reason)).catch((error: unknown) => error),
    ];

    expect(refusal).to.equal(null);
    expect(refused).to.equal(type.refusalOf === undefined ? null : reason);
  });

  it('says what is wrong with any other', () => {
    const { type, wrong } = open();

    for (const payload of [...wrong, 'nonsense', [1, [2]]]) {
      expect(type.problemWith(payload), JSON.stringify(payload)).to.be.a('string').and.not.equal('');
    }
  });
});
