import { together } from '#testing/runtime';
import { withinTime } from './within-time.ts';

/** How the test went, as its clean-ups may want to know: what a failed test leaves behind can be kept to be looked at. */
export type Outcome = { readonly failed: boolean; readonly error?: unknown };
export type CleanUp = (outcome: Outcome) => unknown;
/** How many milliseconds this step may take, where it is not as many as the others. */
export type StepLimit = { readonly within?: number };

type Step = StepLimit & { readonly what: () => string; readonly run: CleanUp };

const STEP_LIMIT_MS = 5_000;

/**
 * Owns what one test opens. Closing runs every clean-up, newest first, each within its own time limit, whatever the
 * others did; what went wrong is thrown together at the end.
 */
export class TestScope {
  /** Made when somebody asks, as most scopes are never asked. */
  #controller: AbortController | undefined;
  readonly #cleanUps: Step[] = [];
  #closed = false;

  get signal(): AbortSignal {
    return (this.#controller ??= new AbortController()).signal;
  }

  abort(reason: Error): void {
    this.#controller ??= new AbortController();
    this.#controller.abort(reason);
  }

  defer(run: CleanUp, what: string | (() => string) = run.name || 'a deferred clean-up', limit: StepLimit = {}): void {
    this.#cleanUps.push({ ...limit, what: typeof what === 'string' ? () => what : what, run });
  }

  async use<R extends Disposable | AsyncDisposable>(opening: R | Promise<R>, limit?: StepLimit): Promise<R> {
    const resource = await opening;
    // A test that ran out of time goes on behind its end: what it opens then has no other owner.
    if (this.#closed) {
      await disposeOf(resource);
      throw new Error('The test is over; what it opened now has been released at once.');
    }
    this.defer(() => disposeOf(resource), `the release of ${resource.constructor?.name ?? 'a resource'}`, limit);
    return resource;
  }

  /** Milliseconds that closing takes at most, if no clean-up opens anything. */
  longestClose(stepLimitMs = STEP_LIMIT_MS): number {
    return this.#cleanUps.reduce((sum, { within = stepLimitMs }) => sum + within, 0);
  }

  async close(outcome: Outcome = { failed: false }, stepLimitMs = STEP_LIMIT_MS): Promise<void> {
    this.#closed = true;
    const errors: unknown[] = [];
    for (let step = this.#cleanUps.pop(); step !== undefined; step = this.#cleanUps.pop()) {
      const { what, run, within = stepLimitMs } = step;
      await withinTime(within, what, async () => run(outcome)).catch((error: unknown) => errors.push(error));
    }
    if (errors.length > 0) throw together(errors, `${errors.length} clean-ups failed`);
  }
}

function disposeOf(resource: Disposable | AsyncDisposable): unknown {
  return Symbol.asyncDispose in resource ? resource[Symbol.asyncDispose]() : resource[Symbol.dispose]();
}
