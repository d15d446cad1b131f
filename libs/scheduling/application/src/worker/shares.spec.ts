import { expect } from 'chai';
import { ok } from '#kernel';
import { WorkerTest } from '../testing/worker-test.ts';

const t = WorkerTest.install();

describe('a share of the places', () => {
  for (const [concurrency, places] of [
    [8, 2],
    [3, 1],
  ] as const) {
    it(
      `keeps jobs that hang to ${places} of ${concurrency}, and the others go on`,
      t.test(async ({ employ, clock, defer }) => {
        const end = Promise.withResolvers<void>();
        defer(() => end.resolve(), 'the jobs that hang');
        const seen = { hanging: 0, most: 0 };
        const worker = employ(
          async ({ type }) => {
            if (type === 'test.run') return ok('done');
            seen.most = Math.max(seen.most, (seen.hanging += 1));
            await end.promise;
            seen.hanging -= 1;
            return ok('late');
          },
          { concurrency, share: 1 / 4 },
        );
        for (let count = 0; count < 20; count += 1) await worker.submit({ type: 'test.hang', priority: 9 });
        const others = [await worker.submit({ priority: 0 }), await worker.submit({ priority: 0 })];
        await worker.start();

        await clock.advance(10_000);

        expect(seen).to.deep.equal({ hanging: places, most: places });
        for (const id of others) expect(await worker.find(id)).to.include({ state: 'succeeded' });
        end.resolve();
        await clock.advance(10_000);
        expect(seen).to.deep.equal({ hanging: 0, most: places });
      }),
    );
  }
});
