import { abortable, type Clock } from '#kernel';
import type { JobHandler } from '#scheduling/contracts';
import type { ClaimedJob, JobQueue } from '../ports/job-queue.ts';
import type { JobNotices } from '../ports/job-notices.ts';
import type { JobTypes } from '../ports/job-types.ts';
import type { Randomness } from '../ports/randomness.ts';
import type { WorkerJournal } from '../ports/worker-journal.ts';
import type { WorkerRegistry } from '../ports/worker-registry.ts';
import type { SweepExpiredLeases } from '../use-cases/sweep-expired-leases.ts';
import { attemptAt, AttemptRunner } from './attempt-runner.ts';
import { deadlineAfter } from './deadline-after.ts';
import { Places } from './places.ts';
import { Rounds } from './rounds.ts';
import { Shares, type Helping } from './shares.ts';
import type { WorkerSettings } from './worker-settings.ts';

export type JobWorkerParts = {
  readonly handlers: readonly JobHandler[];
  readonly types: JobTypes;
  readonly queue: JobQueue;
  readonly sweep: SweepExpiredLeases;
  readonly notices: JobNotices;
  readonly registry: WorkerRegistry;
  readonly clock: Clock;
  readonly randomness: Randomness;
  readonly journal: WorkerJournal;
};

const firstRestMs = 10;
const sweepLimit = 100;

/** Works on the jobs it has handlers for, several at a time, and takes the jobs of dead workers back to the queue. */
export class JobWorker {
  readonly #parts: JobWorkerParts;
  readonly #settings: WorkerSettings;
  readonly #handlers: ReadonlyMap<string, JobHandler>;
  readonly #rounds: Rounds;
  readonly #attempts: AttemptRunner;
  readonly #places: Places;
  readonly #shares: Shares;

  constructor(parts: JobWorkerParts, settings: WorkerSettings) {
    this.#parts = parts;
    this.#settings = settings;
    this.#handlers = byType(parts.handlers, parts.types.names());
    this.#rounds = new Rounds({ ...parts, answerMs: settings.answerMs });
    this.#attempts = new AttemptRunner({ ...parts, rounds: this.#rounds, settings });
    this.#places = new Places(settings.concurrency);
    this.#shares = new Shares(parts.handlers, settings.concurrency);
  }

  /**
   * Works until `stop` aborts, whatever the queue does meanwhile. Then it claims nothing more and lets what runs go on for the
   * grace; what is not over by then is asked to end and handed back. That takes at most the handlers' patience and four answers
   * of the queue more, whatever the lease. Resolves when nothing runs any more, but for calls of the queue that were aborted
   * and may still be undoing what they began. Never rejects.
   */
  async run(stop: AbortSignal): Promise<void> {
    using giveUp = deadlineAfter(stop, this.#settings.graceMs, this.#parts.clock);
    const idle = new AbortController();
    const around = Promise.all([this.#listenUntil(idle.signal), this.#reportUntil(idle.signal)]);
    await Promise.all([this.#claimUntil(stop, giveUp.signal), this.#sweepUntil(stop)]);
    await this.#places.untilEmpty();
    idle.abort(stop.reason);
    await around;
  }

  async #claimUntil(stop: AbortSignal, giveUp: AbortSignal): Promise<void> {
    let restMs = 0;
    await this.#rounds.repeat('claim', stop, async () => {
      await this.#places.untilFree(stop);
      if (stop.aborted) return 0;
      let hadWork = false;
      for (const helping of this.#shares.helpings(() => this.#places.free)) {
        if (stop.aborted) break;
        if (await this.#fillPlaces(helping, { stop, giveUp })) hadWork = true;
      }
      // An empty queue is looked at less and less often, up to a limit; one that had work is asked again at once.
      restMs = hadWork ? 0 : Math.min(Math.max(restMs * 2, firstRestMs), this.#settings.pollMs);
      return restMs;
    });
  }

  /** Claims for the free places, and says whether it got anything to work on. */
  async #fillPlaces(helping: Helping, { stop, giveUp }: { stop: AbortSignal; giveUp: AbortSignal }): Promise<boolean> {
    // Measured from before the call, so that it never ends after the leases that the queue grants.
    const granted = this.#parts.clock.deadline(this.#settings.leaseMs);
    let users = 1;
    const letGo = (): void => {
      users -= 1;
      if (users === 0) granted[Symbol.dispose]();
    };
    let hadWork = false;
    try {
      for (const job of await this.#claim(helping)) {
        const handler = stop.aborted ? null : this.#handlerOf(job);
        const stops = { granted: granted.signal, giveUp };
        const work = handler ? this.#attempts.run(job, handler, stops) : this.#attempts.handBack(job, giveUp);
        users += 1;
        this.#places.take(this.#shares.take(job.type, work.finally(letGo)));
        hadWork ||= handler !== null;
      }
    } finally {
      letGo();
    }
    return hadWork;
  }

  #claim(helping: Helping): Promise<readonly ClaimedJob[]> {
    const { name: worker, leaseMs } = this.#settings;
    const claim = { ...helping, worker, leaseMs };
    return this.#rounds.ask((signal) => this.#parts.queue.claim(claim, signal));
  }

  /** A queue that hands out what was not asked for must not cost the jobs that came with it. */
  #handlerOf(job: ClaimedJob): JobHandler | null {
    const handler = this.#handlers.get(job.type) ?? null;
    if (handler === null) this.#parts.journal.record({ kind: 'HandlerMissing', ...attemptAt(job) });
    return handler;
  }

  /** Without these hints a cancellation is seen by the next heartbeat. */
  async #listenUntil(stop: AbortSignal): Promise<void> {
    const { notices } = this.#parts;
    await this.#rounds.repeat('listen', stop, async () => {
      const listening = notices.listen(({ about, id }) => {
        if (about === 'cancel') this.#attempts.look(id);
      }, stop);
      await abortable(listening, stop).catch(rethrowUnless(stop));
      return this.#settings.pollMs;
    });
  }

  async #reportUntil(stop: AbortSignal): Promise<void> {
    const { registry, journal } = this.#parts;
    const { name, concurrency, leaseMs } = this.#settings;
    await this.#rounds.repeat('report', stop, async () => {
      const running = concurrency - this.#places.free;
      await this.#rounds.ask((signal) => registry.report({ name, concurrency, running, aliveMs: leaseMs }, signal));
      return leaseMs / 3;
    });
    await this.#rounds
      .ask((signal) => registry.leave(name, signal))
      .catch((error: unknown) => journal.record({ kind: 'QueueFailed', doing: 'leave', error, retryInMs: 0 }));
  }

  async #sweepUntil(stop: AbortSignal): Promise<void> {
    await this.#rounds.repeat('sweep', stop, async () => {
      const swept = await this.#rounds.ask((signal) => this.#parts.sweep.execute({ limit: sweepLimit }, { signal }));
      return swept.length < sweepLimit ? this.#settings.leaseMs / 3 : 0;
    });
  }
}

/** For what only ends by an abort. */
function rethrowUnless(stop: AbortSignal): (error: unknown) => void {
  return (error) => {
    if (!stop.aborted) throw error;
  };
}

function byType(handlers: readonly JobHandler[], types: readonly string[]): ReadonlyMap<string, JobHandler> {
  const handled = new Map<string, JobHandler>();
  for (const handler of handlers) {
    const { type } = handler;
    if (handled.has(type)) throw new Error(`Two handlers are bound for jobs of type ${type}.`);
    if (!types.includes(type)) throw new Error(`Jobs of type ${type} have a handler, but would be refused as unknown.`);
    handled.set(type, handler);
  }
  return handled;
}
