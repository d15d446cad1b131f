import type { OpenTransaction } from '#kernel';
import { contract } from '#kernel/testing';
import { expect } from 'chai';
import { EVENT_TYPES, OutboxWithin, type NewEvent } from '../outbox.ts';

export type OutboxUnderTest = {
  readonly outbox: OutboxWithin;
  /** The test's. */
  readonly signal: AbortSignal;
  /** Keeps what `work` did when it resolves, undoes it and rejects likewise when it rejects or the signal aborts. */
  readonly inTransaction: <T>(work: (transaction: OpenTransaction) => Promise<T>, signal: AbortSignal) => Promise<T>;
  /** What is committed, in the order in which it was recorded. */
  readonly committed: () => Promise<readonly NewEvent[]>;
};

const failureOf = (work: Promise<unknown>): Promise<unknown> => work.catch((error: unknown) => error);
const changed = (version: number): NewEvent => ({ type: 'device.changed', subject: 'core-1', data: { version } });

/** What every {@link OutboxWithin} promises inside another context's transaction. */
export const outboxWithinContract = contract(OutboxWithin, (open: () => OutboxUnderTest) => {
  it('records events of every type as they are, once the transaction is kept', async () => {
    const { outbox, inTransaction, committed, signal } = open();
    const events = EVENT_TYPES.map((type) => ({
      type,
      subject: `${type} of 漢`,
      data: { some: ['facts', null, '\0'] },
    }));

    await inTransaction(async (transaction) => {
      for (const event of events) await outbox.join(transaction).record(event);
      expect(await committed()).to.deep.equal([]);
    }, signal);

    expect(await committed()).to.deep.equal(events);
  });

  it('takes data that is null, which is not the same as none', async () => {
    const { outbox, inTransaction, committed, signal } = open();
    const event: NewEvent = { type: 'job.parked', subject: 'some job', data: null };

    await inTransaction((transaction) => outbox.join(transaction).record(event), signal);

    expect(await committed()).to.deep.equal([event]);
  });

  it('records nothing when the transaction is undone', async () => {
    const { outbox, inTransaction, committed, signal } = open();
    const changedItsMind = new Error('changed its mind');

    const failure = await failureOf(
      inTransaction(async (transaction) => {
        await outbox.join(transaction).record(changed(1));
        throw changedItsMind;
      }, signal),
    );

    expect(failure).to.equal(changedItsMind);
    expect(await committed()).to.deep.equal([]);
  });

  it('waits for no other transaction that is recording', async () => {
    const { outbox, inTransaction, committed, signal } = open();

    await inTransaction(async (one) => {
      await outbox.join(one).record(changed(1));
      await inTransaction((other) => outbox.join(other).record(changed(2)), signal);
      expect(await committed()).to.deep.equal([changed(2)]);
    }, signal);

    expect(await committed()).to.have.deep.members([changed(1), changed(2)]);
  });

  it('records nothing for a caller that stops', async () => {
    const { outbox, inTransaction, committed } = open();
    const [caller, stopped] = [new AbortController(), new Error('stopped by the caller')];
    let inside: unknown;

    const outcome = await failureOf(
      inTransaction(async (transaction) => {
        caller.abort(stopped);
        inside = await failureOf(outbox.join(transaction).record(changed(1)));
      }, caller.signal),
    );

    expect(outcome).to.equal(stopped);
    expect(inside).to.be.instanceOf(Error);
    expect(await committed()).to.deep.equal([]);
  });
});
