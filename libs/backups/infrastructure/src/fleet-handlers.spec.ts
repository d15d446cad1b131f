import type { JudgeFreshness, RunBatch } from '#backups/application';
import { abortable, err, ok, type Json } from '#kernel';
import { expectErr, sequentialId } from '#kernel/testing';
import type { JobAttempt } from '#scheduling/contracts';
import { jobHandlerContract, jobRun } from '#scheduling/contracts/testing';
import { expect } from 'chai';
import { BatchHandler } from './batch-handler.ts';
import { FreshnessHandler } from './freshness-handler.ts';

const jobId = sequentialId<'Job'>(1);

function attempt(type: string, payload: Json): JobAttempt {
  return { id: jobId, type, payload, attempt: 1, lease: { jobId, token: 1 } };
}

/** A use case that answers this, and can be made to wait until it is stopped. */
function answering<T>(answer: T) {
  let done: Promise<void> = Promise.resolve();
  const execute = async (_: unknown, { signal }: { signal: AbortSignal }): Promise<T> => {
    await abortable(done, signal);
    return answer;
  };
  return { useCase: { execute }, stall: () => void (done = new Promise(() => {})) };
}

describe('BatchHandler', () => {
  const made = { requested: 2, underWay: 1, withoutHostKey: 0 };

  jobHandlerContract.holdsFor(BatchHandler, () => {
    const { useCase, stall } = answering(ok(made));
    const handler = new BatchHandler(useCase as unknown as RunBatch);
    return { handler, attempt: attempt('backup.batch', { selection: {} }), stall };
  });

  it('requests backups of the devices of the payload, under the lease of the attempt', async () => {
    const asked: unknown[] = [];
    const execute = async (command: unknown) => {
      asked.push(command);
      return ok(made);
    };
    const one = attempt('backup.batch', { selection: { tags: { any: ['core'] } } });

    const result = await new BatchHandler({ execute } as unknown as RunBatch).handle(one, jobRun());

    expect(result).to.deep.equal(ok(made));
    expect(asked).to.deep.equal([{ selection: { tags: { any: ['core'] } }, lease: one.lease }]);
  });

  it('asks for another attempt when the queue is full', async () => {
    const { useCase } = answering(err({ kind: 'QueueFull', capacity: 7 }));
    const handler = new BatchHandler(useCase as unknown as RunBatch);

    const failure = expectErr(await handler.handle(attempt('backup.batch', { selection: {} }), jobRun()));

    expect(failure.retry).to.equal(true);
    expect(failure.reason).to.include('no room for more than 7 jobs');
  });

  it('does nothing for a payload that does not say which devices', async () => {
    const handler = new BatchHandler({ execute: () => expect.fail('It ran.') } as unknown as RunBatch);

    const failure = expectErr(await handler.handle(attempt('backup.batch', { tags: ['core'] }), jobRun()));

    expect(failure).to.deep.equal({ reason: 'The job does not say which devices to back up.', retry: false });
  });
});

describe('FreshnessHandler', () => {
  jobHandlerContract.holdsFor(FreshnessHandler, () => {
    const { useCase, stall } = answering({ devices: 3, becameStale: 1, forgotten: 0 });
    const handler = new FreshnessHandler(useCase as unknown as JudgeFreshness);
    return { handler, attempt: attempt('backup.freshness', {}), stall };
  });
});
