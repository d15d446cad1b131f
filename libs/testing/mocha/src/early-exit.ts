import { failuresBehindTheEnd, noteFailureBehindTheEnd } from '#testing/report';
import { callSite } from '#testing/runtime';
import { writeSync } from 'node:fs';

/** A process that ends before its tests have: by `process.exit()` in code under test, or because nothing could go on. */
export class EarlyExit {
  readonly #running: () => string | undefined;
  #state: 'loading' | 'running' | 'ended' = 'loading';

  /** `running` names the test that is running when the process ends. */
  constructor(running: () => string | undefined) {
    this.#running = running;
  }

  runBegins(): void {
    this.#state = 'running';
  }

  runEnds(): void {
    this.#state = 'ended';
  }

  /** Fails the process, in its exit listener, where its tests have not ended and nobody else has said so. */
  tell(code: number): void {
    const title = this.#running() ?? 'outside of every test';
    const isTold = failuresBehindTheEnd().some((failure) => failure.title === title);
    if (this.#state === 'ended' || isTold || (this.#state === 'loading' && code !== 0)) return;
    const place = String(callSite());
    const how =
      place === 'an unknown place' ? 'nothing was left that could go on' : `process.exit() was called at ${place}`;
    const when = this.#state === 'loading' ? 'before the tests began' : `while ${spoken(this.#running())} was running`;
    const error = `The process ended ${when}, with exit code ${code}: ${how}. Tests that had not run yet did not run.`;
    writeSync(2, `\n${error}\n`);
    noteFailureBehindTheEnd({ title, error });
    process.exitCode = code || 1;
  }
}

function spoken(title: string | undefined): string {
  return title === undefined ? 'no test' : `"${title}"`;
}
