import { abortable, ok, type Json } from '#kernel';
import { expectErr, sequentialId } from '#kernel/testing';
import type { DeliverEvent, DeliverEventCommand } from '#notifications/application';
import type { JobAttempt } from '#scheduling/contracts';
import { jobHandlerContract, jobRun } from '#scheduling/contracts/testing';
import { cases } from '#testing/lifecycle';
import { expect } from 'chai';
import { DeliveryHandler } from './delivery-handler.ts';

const name = { deliveryId: sequentialId<'Delivery'>(1), round: 1, attempt: 2 };

function attempt(payload: Json): JobAttempt {
  const id = sequentialId<'Job'>(1);
  return { id, type: 'notification.deliver', payload, attempt: 1, lease: { jobId: id, token: 1 } };
}

function handlerOf(execute: DeliverEvent['execute']): DeliveryHandler {
  return new DeliveryHandler({ execute } as unknown as DeliverEvent);
}

describe('DeliveryHandler', () => {
  jobHandlerContract.holdsFor(DeliveryHandler, () => {
    let done: Promise<void> = Promise.resolve();
    const handler = handlerOf(async (_, { signal }) => {
      await abortable(done, signal);
      return 'delivered';
    });
    return { handler, attempt: attempt(name), stall: () => void (done = new Promise(() => {})) };
  });

  it('makes the attempt that the job names under its lease, and tells how it ended', async () => {
    const asked: DeliverEventCommand[] = [];
    const handler = handlerOf(async (command) => {
      asked.push(command);
      return 'retry';
    });

    const result = await handler.handle(attempt(name), jobRun());

    expect(result).to.deep.equal(ok({ outcome: 'retry' }));
    expect(asked).to.deep.equal([{ attempt: name, lease: { jobId: sequentialId(1), token: 1 } }]);
  });

  for (const [title, payload] of cases('does nothing for the payload {case}', [
    null,
    {},
    { ...name, round: 0 },
    [name],
  ])) {
    it(title, async () => {
      const failure = expectErr(await handlerOf(() => expect.fail('It ran.')).handle(attempt(payload), jobRun()));

      expect(failure).to.include({ retry: false });
    });
  }
});
