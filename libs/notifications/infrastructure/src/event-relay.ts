import type { Clock } from '#kernel';
import type { PruneEvents, PublishEvents, ResumeDeliveries } from '#notifications/application';
import type { Logger } from '#platform/logging';

export type EventRelayParts = {
  readonly publish: PublishEvents;
  readonly resume: ResumeDeliveries;
  readonly prune: PruneEvents;
  readonly clock: Clock;
  readonly logger: Logger;
};

const BATCH = 100;
const REST_MS = 1_000;
const REST_AFTER_FAILURE_MS = 5_000;
const UPKEEP_EVERY_MS = 60_000;
/** For one transaction, however slow the database is. */
const LIMIT_MS = 30_000;

type Step = { execute(batch: { limit: number }, context: { signal: AbortSignal }): Promise<unknown> };

/**
 * Publishes what has been recorded, about once a second, and looks after what is left behind, about once a minute. Any number of
 * workers run one each: what one of them does the others find done.
 *
 * It is a loop and not a job: a job for each event would have to be submitted where the event is recorded, and a full queue
 * would then undo the change that the event tells of.
 */
export class EventRelay {
  readonly #parts: EventRelayParts;
  #upkeepAt = 0;

  constructor(parts: EventRelayParts) {
    this.#parts = parts;
  }

  /** Works until `stop` aborts, whatever the database does meanwhile; a transaction under way is undone. Never rejects. */
  async run(stop: AbortSignal): Promise<void> {
    while (!stop.aborted) {
      const restMs = await this.#round(stop).catch((error: unknown) => this.#failed(error, stop));
      if (restMs > 0) await this.#parts.clock.sleep(restMs, stop).catch(() => undefined);
    }
  }

  async #round(stop: AbortSignal): Promise<number> {
    const { publish, resume, prune, clock } = this.#parts;
    const { more } = await this.#limited(stop, (signal) => publish.execute({ limit: BATCH }, { signal }));
    const now = clock.now().getTime();
    if (now >= this.#upkeepAt) {
      this.#upkeepAt = now + UPKEEP_EVERY_MS;
      const steps: readonly Step[] = [resume, prune];
      for (const step of steps) await this.#limited(stop, (signal) => step.execute({ limit: BATCH }, { signal }));
    }
    return more ? 0 : REST_MS;
  }

  async #limited<T>(stop: AbortSignal, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
    using deadline = this.#parts.clock.deadline(LIMIT_MS, stop);
    return await work(deadline.signal);
  }

  #failed(error: unknown, stop: AbortSignal): number {
    if (!stop.aborted) this.#parts.logger.warn('Events could not be published.', { error: error as Error });
    return REST_AFTER_FAILURE_MS;
  }
}
