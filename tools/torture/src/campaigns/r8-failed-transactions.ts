import { err, ok, type Transaction } from '#kernel';
import { openDatabase, poolUsage, TypeOrmTransaction } from '#platform/database';
import { setTimeout as sleep } from 'node:timers/promises';
import type { EntityManager } from 'typeorm';
import { until } from '../arena/until.ts';
import type { Campaign } from '../campaign.ts';
import { never } from '../judge.ts';
import { leaky } from '../plants/leaky-transaction.ts';

const POOL = 8;
const CALLERS = 12;
const IDLE_MS = 30;
const GIVES_BACK_MS = 10_000;

type Failure = (transaction: Transaction<EntityManager>, signal: AbortSignal) => Promise<unknown>;

/** The ways in which a transaction fails: by its statement, its caller, its session, its slowness, its refusal, its code. */
const failures: Readonly<Record<string, Failure>> = {
  constraint: (transaction, signal) =>
    transaction.run(async (manager) => ok(await manager.query('INSERT INTO pool_test VALUES (1), (1)')), signal),
  cancelled: (transaction) =>
    transaction.run(async (manager) => ok(await manager.query('SELECT pg_sleep(5)')), AbortSignal.timeout(15)),
  'session killed': (transaction, signal) =>
    transaction.run(
      async (manager) => ok(await manager.query('SELECT pg_terminate_backend(pg_backend_pid())')),
      signal,
    ),
  'idle for too long': (transaction, signal) =>
    transaction.run(async (manager) => {
      await manager.query(`SET LOCAL idle_in_transaction_session_timeout = ${IDLE_MS / 3}`);
      await sleep(IDLE_MS);
      return ok(await manager.query('SELECT 1'));
    }, signal),
  refused: (transaction, signal) =>
    transaction.run(async (manager) => {
      await manager.query('SELECT 1');
      return err('no');
    }, signal),
  thrown: (transaction, signal) =>
    transaction.run(async (manager) => {
      await manager.query('SELECT 1');
      throw new Error('on purpose');
    }, signal),
};

export const failedTransactions: Campaign = {
  id: 'R8',
  title: 'transactions that fail in every way',
  answers: [],
  trials: { gate: 1_000, nightly: 10_000 },
  part: { gate: 1_000, nightly: 2_500 },
  run: async (order, laboratory) => {
    const server = await laboratory.server();
    const source = await openDatabase({ url: server.url, schemas: [], poolSize: POOL, connectTimeoutMs: 3_000 });
    const reached: Record<string, number> = {};
    try {
      await source.query('CREATE TABLE IF NOT EXISTS pool_test (id int PRIMARY KEY)');
      const transaction =
        order.plant === 'connection-not-released'
          ? leaky(source)
          : new TypeOrmTransaction(source, (manager: EntityManager) => manager);
      let [next, succeeded, starved] = [0, 0, 0];
      const caller = async (): Promise<void> => {
        while (next < order.trials && starved === 0) {
          order.signal.throwIfAborted();
          order.progress((next += 1));
          const kind = order.random.pick(Object.keys(failures));
          reached[kind] = (reached[kind] ?? 0) + 1;
          const outcome = await failures[kind]?.(transaction, order.signal).catch((error: unknown) => err(error));
          const { ok: isOk, error } = outcome as { ok: boolean; error?: unknown };
          if (isOk) succeeded += 1;
          if (error instanceof Error && /timeout exceeded when trying to connect/.test(error.message)) starved += 1;
        }
      };
      await Promise.all(Array.from({ length: CALLERS }, caller));
      const isWhole = await until(GIVES_BACK_MS, order.signal, () => {
        const { checkedOut, waiting } = poolUsage(source);
        return checkedOut === 0 && waiting === 0;
      });
      const { checkedOut, waiting } = poolUsage(source);
      const works = await source.query('SELECT 1').then(
        () => true,
        () => false,
      );
      return {
        trials: order.trials,
        violations: [
          ...(starved === 0 ? [] : ['I11: callers waited for connections that nobody gives back.']),
          ...(isWhole ? [] : [`I11: ${checkedOut} connections were never given back, ${waiting} callers wait.`]),
          ...(works ? [] : ['I11: the pool gives out no connection any more.']),
          ...(succeeded === 0 ? [] : [`${succeeded} transactions succeeded that were to fail.`]),
        ],
        samples: {},
        reached,
      };
    } finally {
      await Promise.race([source.destroy(), sleep(GIVES_BACK_MS)]);
    }
  },
  judge: (finding) => [
    never('R8: connections that a failed transaction kept', finding, {
      ...Object.fromEntries(Object.keys(failures).map((kind) => [kind, Math.floor(finding.trials / 12)])),
    }),
  ],
};
