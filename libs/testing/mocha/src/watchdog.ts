import { failuresBehindTheEnd, noteFailureBehindTheEnd } from '#testing/report';
import { isOn, noteFact, tellsOwnCode, withoutKitFrames } from '#testing/runtime';
import { writeSync } from 'node:fs';
import inspector from 'node:inspector';
import { Worker } from 'node:worker_threads';
import { BEAT_MS, watchFromOutside, type Watched } from './watchdog-thread.ts';

/** What may hold the thread outside of tests, above all the loading of spec files; another limit is for the self-test. */
const OUTSIDE_LIMIT_MS = Number(process.env['LOCKSTEP_TEST_LOADING_LIMIT'] ?? 30_000);

const TITLE_BYTES = 1_024;

/**
 * Ends a process whose thread does not come back: synchronous code cannot be interrupted and go on. A second thread watches
 * the beat of this one, and when it has missed the running test's time limit by some more it asks the engine where the code is. What
 * ends the process is an exit, so that exit listeners, and with them the report, still run.
 *
 * Off while a debugger is attached, and for a test without a limit.
 */
export class Watchdog {
  readonly #shared: Watched | undefined;
  readonly #running: () => string | undefined;
  /** Whoever is guarded now: a body that Mocha has given up on ends in another one's time. */
  #current: object | undefined;

  /** `running` names the test that is running when the process is about to be ended. */
  constructor(running: () => string | undefined) {
    this.#running = running;
    if (!isOn('hangs')) return;
    if (inspector.url() !== undefined) {
      noteFact({ topic: 'switched off', text: 'hangs: a debugger is attached' });
      return;
    }
    const shared: Watched = {
      memory: new SharedArrayBuffer(8),
      title: new SharedArrayBuffer(TITLE_BYTES),
      call: 'lockstep.test.hang',
    };
    this.#shared = shared;
    this.#limit(OUTSIDE_LIMIT_MS);
    setInterval(() => Atomics.add(this.#memory(shared), 0, 1), BEAT_MS).unref();
    Object.assign(globalThis, {
      [shared.call]: (frames: string, ms: number, whatever: boolean) => {
        if (whatever || tellsOwnCode(frames)) end(running(), frames, ms);
      },
    });
    // The source of the function, because a thread that loads TypeScript takes several times as long to start.
    const thread = new Worker(`(${watchFromOutside})(${BEAT_MS})`, {
      eval: true,
      workerData: shared,
      execArgv: [],
      name: 'watchdog',
    });
    thread.unref();
  }

  /** The time that `runnable` may hold the thread is its own limit, also when it changes that. */
  guard(runnable: Mocha.Runnable): Disposable {
    if (this.#shared === undefined) return { [Symbol.dispose]: () => {} };
    const turn = (this.#current = {});
    const follow = (): void => {
      if (this.#current === turn) this.#limit(runnable.timeout());
    };
    follow();
    this.#title(this.#running());
    const { timeout } = runnable;
    runnable.timeout = function (this: Mocha.Runnable, ...args: [] | [string | number]) {
      const result = Reflect.apply(timeout, this, args) as never;
      if (args.length > 0) follow();
      return result;
    } as typeof timeout;
    return {
      [Symbol.dispose]: () => {
        runnable.timeout = timeout;
        if (this.#current !== turn) return;
        this.#limit(OUTSIDE_LIMIT_MS);
        this.#title();
      },
    };
  }

  #limit(milliseconds: number): void {
    if (this.#shared === undefined) return;
    const memory = this.#memory(this.#shared);
    Atomics.store(memory, 1, milliseconds);
    Atomics.add(memory, 0, 1);
  }

  #title(title = ''): void {
    if (this.#shared === undefined) return;
    const written = Buffer.from(this.#shared.title).write(`${title}\0`);
    if (written === TITLE_BYTES) Buffer.from(this.#shared.title)[TITLE_BYTES - 1] = 0;
  }

  #memory({ memory }: Watched): Int32Array {
    return new Int32Array(memory);
  }
}

/** Called by the watching thread, in the middle of the code that does not end. */
function end(title: string | undefined, frames: string, milliseconds: number): void {
  const what = title === undefined ? 'Code outside of every test' : `"${title}"`;
  const seconds = (milliseconds / 1000).toFixed(1);
  const error = `${what} has held the thread for ${seconds} s and does not come back. It is here:\n${ownFrames(frames)}`;
  writeSync(2, `\n${error}\nThe process ends now; tests that had not run yet did not run.\n`);
  noteFailureBehindTheEnd({ title: title ?? 'outside of every test', error });
  process.exit(Math.min(failuresBehindTheEnd().length, 255));
}

function ownFrames(frames: string): string {
  const lines = frames.split('\n').filter((line) => !line.includes('/node_modules/'));
  return withoutKitFrames(lines.length > 0 ? lines.join('\n') : frames);
}
