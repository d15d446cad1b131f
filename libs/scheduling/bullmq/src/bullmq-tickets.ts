import { createPostgresBackend, Queue, Worker, type Job } from 'bullmq';
import type { JobId } from '#scheduling/domain';

/** Tells a worker which job to claim; only the claim gives it the job. */
export type Ticket = { readonly id: string; readonly jobId: JobId; readonly priority: number };

export type BullMqTicketsOptions = {
  readonly url: string;
  /** How long a ticket that was taken is left alone, and how often those are looked for that nobody has given back. */
  readonly lockMs: number;
};

type TicketData = { readonly jobId: JobId; readonly priority: number };

/** What its connections are called in the database. */
export const BULLMQ_CONNECTIONS = 'lockstep-bullmq';

const NAME = 'lockstep';
const HIGHEST_PRIORITY = 9;
/** BullMQ fails what was lost more often than this; a ticket is not what such a loss is told of. */
const ANY_NUMBER = 2 ** 31 - 1;

/**
 * Tickets in BullMQ: higher priorities first, then in the order in which they were put. One that is there already is not put
 * again. A ticket that is taken comes back when it was not used up within its lock and one look more. What fails meanwhile is
 * thrown by the next `take`.
 */
export class BullMqTickets implements AsyncDisposable {
  readonly #queue: Queue<TicketData>;
  readonly #worker: Worker<TicketData>;
  readonly #ready: Promise<void>;
  #failure: Error | null = null;

  constructor({ url, lockMs }: BullMqTicketsOptions) {
    const locks = { lockDuration: lockMs, stalledInterval: lockMs, maxStalledCount: ANY_NUMBER };
    if (/^rediss?:/.test(url)) {
      const connection = { url };
      this.#queue = new Queue(NAME, { connection });
      this.#worker = new Worker(NAME, null, { connection, autorun: false, ...locks });
    } else {
      const connection = { connectionString: url, migrate: true, max: 2, application_name: BULLMQ_CONNECTIONS };
      const options = { connection, autorun: false, ...locks };
      this.#queue = new Queue(NAME, { connection }, createPostgresBackend) as unknown as Queue<TicketData>;
      this.#worker = new Worker(NAME, null, options, createPostgresBackend) as unknown as Worker<TicketData>;
    }
    const onError = (error: Error): void => void (this.#failure = error);
    this.#queue.on('error', onError);
    this.#worker.on('error', onError);
    this.#ready = this.#start();
    this.#ready.catch(() => {}); // told to whoever puts or takes
  }

  async put(tickets: readonly Ticket[]): Promise<void> {
    await this.#ready;
    await this.#queue.addBulk(
      tickets.map(({ id, jobId, priority }) => ({
        name: 'ticket',
        data: { jobId, priority },
        opts: { jobId: `ticket-${id}`, priority: 1 + HIGHEST_PRIORITY - priority, removeOnComplete: true },
      })),
    );
  }

  /** At most `limit`; fewer when there are no more. */
  async take(limit: number): Promise<readonly TakenTicket[]> {
    await this.#ready;
    const failure = this.#failure;
    this.#failure = null;
    if (failure !== null) throw failure;
    const taken: TakenTicket[] = [];
    while (taken.length < limit) {
      const job = await this.#worker.getNextJob(this.#worker.id, { block: false });
      if (job === undefined) break;
      taken.push({ id: job.id!.slice('ticket-'.length), ...job.data, job });
    }
    return taken;
  }

  /** Uses them up: each may be put again. */
  async use(taken: readonly TakenTicket[]): Promise<void> {
    await Promise.all(taken.map(({ job }) => job.moveToCompleted(null, this.#worker.id, false)));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#ready.catch(() => {});
    await Promise.all([this.#worker.close(true), this.#queue.close()]);
  }

  /** The look for lost tickets comes last: one that fails, as it does before there are tables, is no longer to be stopped. */
  async #start(): Promise<void> {
    await Promise.all([this.#worker.waitUntilReady(), this.#queue.waitUntilReady()]);
    await this.#worker.startStalledCheckTimer();
  }
}

export type TakenTicket = Ticket & { readonly job: Job<TicketData> };
