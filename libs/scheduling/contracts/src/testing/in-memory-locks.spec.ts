import { AsyncTestBase } from '#testing/lifecycle';
import { expect } from 'chai';
import { InMemoryLocks } from './in-memory-locks.ts';

const t = AsyncTestBase.install();

describe('InMemoryLocks', () => {
  it('belongs to one owner, who may lock it again', () => {
    const locks = new InMemoryLocks();
    const [owner, other] = [{}, {}];

    const unlock = locks.lock('row', owner);

    expect(locks.lock('row', owner)).to.equal(unlock);
    expect(() => locks.lock('row', other)).to.throw('row is locked by another');
    expect([locks.isLocked('row'), locks.isLocked('row', { but: owner })]).to.deep.equal([true, false]);
  });

  it(
    'goes to one of two that have waited for it, and the other waits on',
    t.test(async ({ signal }) => {
      const locks = new InMemoryLocks();
      const unlock = locks.lock('row', {});
      const taken: string[] = [];
      const take = async (name: string): Promise<() => void> => {
        do await locks.untilUnlocked('row', { signal });
        while (locks.isLocked('row'));
        taken.push(name);
        return locks.lock('row', { name });
      };
      const waiting = ['first', 'second'].map(take);

      unlock();
      const unlockFirst = await waiting[0]!;
      const whileFirst = [...taken];
      unlockFirst();
      await waiting[1]!;

      expect([whileFirst, taken]).to.deep.equal([['first'], ['first', 'second']]);
    }),
  );
});
