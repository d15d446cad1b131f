import { runningTest, TestOver, together } from '#testing/runtime';
import { withinTime } from './within-time.ts';

/** How the test went, as its clean-ups may want to know: what a failed test leaves behind can be kept to be looked at. */
export type Outcome = { readonly failed: boolean; readonly error?: unknown };
export type CleanUp = (outcome: Outcome) => unknown;
/** How many milliseconds this step may take, where it is not as many as the others. */
export type StepLimit = { readonly within?: number };

type Step = StepLimit & { readonly what: () => string; readonly run: CleanUp };

const STEP_LIMIT_MS = 5_000;
/** Of every test: an error of its own would tell no more, and its stack costs more than the rest of the end. */
const OVER = new TestOver();

/**
 * Owns what one test opens. Closing runs every clean-up, newest first, each within its own time limit, whatever the
 * others did; what went wrong is thrown together at the end. A clean-up may defer another one; `signal` aborts behind the
 * last.
 *
 * A test that ran out of time goes on behind its end, and what it opens then has no other owner: it is released at once,
 * and `use` and `defer` throw.
 */
export class TestScope {
  /** Made when somebody asks, as most scopes are never asked. */
  #controller: AbortController | undefined;
  readonly #cleanUps: Step[] = [];
  #closing = false;
  #over: Outcome | undefined;

  get signal(): AbortSignal {
    if (this.#controller === undefined) {
      this.#controller = new AbortController();
      if (this.#over !== undefined) this.#controller.abort(OVER);
    }
    return this.#controller.signal;
  }

  abort(reason: unknown): void {
    this.#controller ??= new AbortController();
    this.#controller.abort(reason);
  }

  defer(run: CleanUp, what: string | (() => string) = run.name || 'a deferred clean-up', limit: StepLimit = {}): void {
    if (this.#over !== undefined) {
      const outcome = this.#over;
      Promise.try(run, outcome).catch((error: unknown) => runningTest()?.fail(error));
      throw new TestOver('what it deferred now has been run at once');
    }
    this.#cleanUps.push({ ...limit, what: typeof what === 'string' ? () => what : what, run });
  }

  async use<R extends Disposable | AsyncDisposable>(opening: R | Promise<R>, limit?: StepLimit): Promise<R> {
    const resource = await opening;
    if (this.#closing) {
      await disposeOf(resource);
      throw new TestOver('what it opened now has been released at once');
    }
    this.defer(() => disposeOf(resource), `the release of ${resource.constructor?.name ?? 'a resource'}`, limit);
    return resource;
  }

  /** Milliseconds that closing takes at most, if no clean-up opens anything. */
  longestClose(stepLimitMs = STEP_LIMIT_MS): number {
    return this.#cleanUps.reduce((sum, { within = stepLimitMs }) => sum + within, 0);
  }

  async close(outcome: Outcome = { failed: false }, stepLimitMs = STEP_LIMIT_MS): Promise<void> {
    this.#closing = true;
    const errors: unknown[] = [];
    for (let step = this.#cleanUps.pop(); step !== undefined; step = this.#cleanUps.pop()) {
      const { what, run, within = stepLimitMs } = step;
      await withinTime(within, what, async () => run(outcome)).catch((error: unknown) => errors.push(error));
    }
    this.#over = outcome;
    this.#controller?.abort(OVER);
    if (errors.length > 0) throw together(errors, `${errors.length} clean-ups failed`);
  }
}

function disposeOf(resource: Disposable | AsyncDisposable): unknown {
  return Symbol.asyncDispose in resource ? resource[Symbol.asyncDispose]() : resource[Symbol.dispose]();
}
