import { noteFailureBehindTheEnd } from '#testing/report';
import { withoutKitFrames, type LateFailure } from '#testing/runtime';
import { writeSync } from 'node:fs';
import { inspect } from 'node:util';

type Run = { readonly root: Mocha.Suite; readonly unsaid: Error[] };

/**
 * Gives failures of what has ended to whoever can still count them: the test that started the work, as long as Mocha runs;
 * the end of the run, where Mocha would name another test or nobody; and the exit code when there is nothing else left.
 */
export class LateFailures {
  readonly #runnableOf: (test: LateFailure['test']) => Mocha.Runnable | undefined;
  #run: Run | undefined;

  constructor(runnableOf: (test: LateFailure['test']) => Mocha.Runnable | undefined) {
    this.#runnableOf = runnableOf;
  }

  runBegins(root: Mocha.Suite): void {
    this.#run = { root, unsaid: [] };
  }

  /** From now on Mocha counts nothing any more. Answers what it has to be told before. */
  runEnds(): readonly Error[] {
    const unsaid = this.#run?.unsaid ?? [];
    this.#run = undefined;
    return unsaid;
  }

  take(failure: LateFailure): void {
    const error = told(failure);
    const runnable = this.#runnableOf(failure.test);
    if (this.#run === undefined) failAtExit(failure.test.title, error);
    else if (runnable !== undefined && canFail(runnable, this.#run.root)) runnable.emit('error', error);
    else this.#run.unsaid.push(error);
  }
}

/** Mocha listens for errors of what it has run, counts them, and names it. A hook has the name of the test it ran for last. */
function canFail(runnable: Mocha.Runnable, root: Mocha.Suite): boolean {
  let suite = runnable.parent;
  while (suite?.parent) suite = suite.parent;
  const isTest = 'type' in runnable && runnable.type === 'test';
  return isTest && suite === root && !runnable.isPending() && runnable.listenerCount('error') > 0;
}

function told({ test, error }: LateFailure): Error {
  const what = error instanceof Error ? error.message : inspect(error);
  const when = test.failures.includes(error) ? 'before Mocha gave up on it' : 'after it had ended';
  const told = new Error(`"${test.title}" failed ${when}: ${what}`);
  if (error instanceof Error && error.stack !== undefined) {
    const frames = withoutKitFrames(error.stack)
      .split('\n')
      .filter((line) => /^\s+at /.test(line));
    if (error.cause !== undefined) told.cause = error.cause;
    told.stack = [`Error: ${told.message}`, ...frames].join('\n');
  }
  return told;
}

function failAtExit(title: string, error: Error): void {
  const text = error.stack ?? error.message;
  writeSync(2, `\n${text}\n`);
  noteFailureBehindTheEnd({ title, error: text });
  failTheProcess();
}

/** Mocha sets the exit code in an exit listener of its own; the last one wins. */
export function failTheProcess(): void {
  process.once('exit', () => (process.exitCode = process.exitCode || 1));
}
