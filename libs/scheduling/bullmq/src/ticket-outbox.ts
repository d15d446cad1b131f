import { ok } from '#kernel';
import { TypeOrmTransaction } from '#platform/database';
import type { DataSource, EntityManager } from 'typeorm';
import type { Ticket } from './bullmq-tickets.ts';
import { DUE, INSTALL, IS_INSTALLED, ISSUED, LOCK, PAUSED, SETTLE } from './ticket-statements.ts';

export type TicketOutboxParts = {
  readonly source: DataSource;
  /** Null for the database's own time. */
  readonly time: { now(): Date | null };
  /** After this time a ticket that nobody has used up is taken for lost, and put again. */
  readonly reissueMs: number;
};

const BATCH = 1_000;

/**
 * The tickets that are to be put into BullMQ. A trigger writes them, in the transaction that puts a job into the queue: there is
 * none without the other. They stay until they are used up, so that whatever BullMQ loses is put again.
 */
export class TicketOutbox {
  readonly #transaction: TypeOrmTransaction<EntityManager>;
  readonly #parts: TicketOutboxParts;
  #isInstalled = false;

  constructor(parts: TicketOutboxParts) {
    this.#parts = parts;
    this.#transaction = new TypeOrmTransaction(parts.source, (manager) => manager);
  }

  /** Those whose time has come, in that order; null while the scheduler is paused. */
  async due(types: readonly string[], signal: AbortSignal): Promise<readonly Ticket[] | null> {
    await this.#install(signal);
    return this.#run(signal, async (manager) => {
      const isPaused = (await manager.query<unknown[]>(PAUSED)).length > 0;
      if (isPaused) return null;
      return manager.query<Ticket[]>(DUE, [this.#parts.time.now(), types, BATCH]);
    });
  }

  /** They are in BullMQ now. */
  async issued(tickets: readonly Ticket[], signal: AbortSignal): Promise<void> {
    const { time, reissueMs } = this.#parts;
    await this.#run(signal, (manager) => manager.query(ISSUED, [time.now(), idsOf(tickets), reissueMs]));
  }

  /** They were used up: those of jobs that are still waiting are due at once, the others are gone. */
  async settle(tickets: readonly Ticket[], signal: AbortSignal): Promise<void> {
    await this.#run(signal, (manager) => manager.query(SETTLE, [this.#parts.time.now(), idsOf(tickets)]));
  }

  async #install(signal: AbortSignal): Promise<void> {
    if (this.#isInstalled) return;
    await this.#run(signal, async (manager) => {
      await manager.query(LOCK);
      const [is] = await manager.query<[{ installed: boolean }]>(IS_INSTALLED);
      if (is.installed) return;
      for (const statement of INSTALL) await manager.query(statement);
    });
    this.#isInstalled = true;
  }

  async #run<T>(signal: AbortSignal, work: (manager: EntityManager) => Promise<T>): Promise<T> {
    const result = await this.#transaction.run<T, never>(async (manager) => ok(await work(manager)), signal);
    if (!result.ok) throw result.error;
    return result.value;
  }
}

function idsOf(tickets: readonly Ticket[]): readonly string[] {
  return tickets.map(({ id }) => id);
}
