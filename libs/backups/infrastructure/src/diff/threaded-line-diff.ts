import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { DiffTooLarge, LabelledText, LineDiff } from '#backups/application';
import { abortable, err, ok, type Clock, type Result } from '#kernel';
import { Turnstile } from './turnstile.ts';

export type DiffLimits = { readonly milliseconds: number; readonly megabytes: number; readonly atOnce: number };

const USUAL_LIMITS: DiffLimits = { milliseconds: 5_000, megabytes: 512, atOnce: 2 };

const THREAD = new URL('./line-diff.thread.ts', import.meta.url);

/**
 * Compares on a thread of its own: the comparison may take seconds, in which this thread answers others, and a thread can
 * be ended at any moment, by the limit of time or memory or by the caller.
 */
export class ThreadedLineDiff implements LineDiff {
  readonly #clock: Clock;
  readonly #limits: DiffLimits;
  readonly #turnstile: Turnstile;

  constructor(clock: Clock, limits: Partial<DiffLimits> = {}) {
    this.#clock = clock;
    this.#limits = { ...USUAL_LIMITS, ...limits };
    this.#turnstile = new Turnstile(this.#limits.atOnce);
  }

  async unified(from: LabelledText, to: LabelledText, signal: AbortSignal): Promise<Result<string, DiffTooLarge>> {
    signal.throwIfAborted();
    if (from.text === to.text) return ok('');
    using _turn = await this.#turnstile.enter(signal);
    using deadline = this.#clock.deadline(this.#limits.milliseconds, signal);
    const thread = new Worker(THREAD, {
      workerData: { from, to },
      resourceLimits: { maxOldGenerationSizeMb: this.#limits.megabytes },
    });
    try {
      const [diff] = (await abortable(once(thread, 'message'), deadline.signal)) as [string];
      return ok(diff);
    } catch (error) {
      signal.throwIfAborted();
      if (deadline.signal.aborted || isOutOfMemory(error)) return err({ kind: 'DiffTooLarge' });
      throw error;
    } finally {
      await thread.terminate();
    }
  }
}

function isOutOfMemory(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY';
}
