import { expect } from 'chai';
import { err, ok } from '../result.ts';
import { Transaction } from '../transaction.ts';
import { contract } from './contract.ts';

/** A context's transaction, with the least that the suite needs of its stores. Facts are texts of the suite's choice. */
export type TransactionSubject<Stores = unknown> = {
  readonly transaction: Transaction<Stores>;
  write(stores: Stores, fact: string): Promise<unknown>;
  /** The facts that are committed, in any order. */
  committed(): Promise<readonly string[]>;
};

/** What every {@link Transaction} promises, whatever its stores are. */
export const transactionContract = contract(
  Transaction,
  (open: () => TransactionSubject | Promise<TransactionSubject>) => {
    const never = (): AbortSignal => new AbortController().signal;
    const outcomeOf = (run: Promise<unknown>): Promise<unknown> => run.catch((error: unknown) => error);

    it('keeps what was written when the work says ok, and passes the value on', async () => {
      const { transaction, write, committed } = await open();

      const result = await transaction.run(async (stores) => {
        await write(stores, 'first');
        await write(stores, 'second');
        return ok('done');
      }, never());

      expect(result).to.deep.equal(ok('done'));
      expect(await committed()).to.have.members(['first', 'second']);
    });

    it('undoes what was written when the work refuses, and passes the refusal on', async () => {
      const { transaction, write, committed } = await open();

      const result = await transaction.run(async (stores) => {
        await write(stores, 'first');
        return err({ kind: 'NotToday' });
      }, never());

      expect(result).to.deep.equal(err({ kind: 'NotToday' }));
      expect(await committed()).to.deep.equal([]);
    });

    it('undoes what was written when the work throws, and passes the error on', async () => {
      const { transaction, write, committed } = await open();
      const defect = new Error('on purpose');

      const outcome = await outcomeOf(
        transaction.run(async (stores) => {
          await write(stores, 'first');
          throw defect;
        }, never()),
      );

      expect(outcome).to.equal(defect);
      expect(await committed()).to.deep.equal([]);
    });

    it('does not begin when the signal has already aborted', async () => {
      const { transaction } = await open();
      let begun = false;
      const reason = new Error('too late');

      const outcome = await outcomeOf(
        transaction.run(async () => {
          begun = true;
          return ok();
        }, AbortSignal.abort(reason)),
      );

      expect(outcome).to.equal(reason);
      expect(begun).to.equal(false);
    });

    it('undoes what was written when the signal aborts, refuses what the work writes later, and rejects with the reason', async () => {
      const { transaction, write, committed } = await open();
      const stop = new AbortController();
      const reason = new Error('stop');
      const { promise: late, resolve } = Promise.withResolvers<unknown>();

      const outcome = await outcomeOf(
        transaction.run(async (stores) => {
          await write(stores, 'first');
          stop.abort(reason);
          resolve(await outcomeOf(write(stores, 'second')));
          return ok();
        }, stop.signal),
      );

      expect(outcome).to.equal(reason);
      expect(await late).to.be.an.instanceOf(Error);
      expect(await committed()).to.deep.equal([]);
    });

    it('rejects on an abort though the work waits for something that never comes', async () => {
      const { transaction, write, committed } = await open();
      const stop = new AbortController();
      const reason = new Error('stop');

      const outcome = await outcomeOf(
        transaction.run(async (stores) => {
          await write(stores, 'first');
          stop.abort(reason);
          return new Promise<never>(() => {});
        }, stop.signal),
      );

      expect(outcome).to.equal(reason);
      expect(await committed()).to.deep.equal([]);
    });

    it('shows nobody else what is not committed yet', async () => {
      const { transaction, write, committed } = await open();
      let seen: readonly string[] = [];

      await transaction.run(async (stores) => {
        await write(stores, 'first');
        seen = await committed();
        return ok();
      }, never());

      expect(seen).to.deep.equal([]);
      expect(await committed()).to.deep.equal(['first']);
    });

    it('can be used again after it failed', async () => {
      const { transaction, write, committed } = await open();
      await outcomeOf(transaction.run(() => Promise.reject(new Error('on purpose')), never()));

      await transaction.run(async (stores) => ok(await write(stores, 'first')), never());

      expect(await committed()).to.deep.equal(['first']);
    });
  },
);
