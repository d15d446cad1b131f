import { NotLinearizable } from './judged-run.ts';
import { toldProgram, type Program } from './program.ts';
import { toldSteps, type Failure } from './tries.ts';

type Found = { readonly program: Program<unknown>; readonly failure: Failure; readonly again: string };

/**
 * Thrown by a test one of whose programs could not be carried to a verdict, with the smallest program found that shows it: an operation
 * threw, a model failed or never came to an end, something was left behind.
 */
export class FailedProgram extends Error {
  readonly program: Program<unknown>;

  constructor({ program, failure: { error, steps }, again }: Found) {
    super(
      [
        error instanceof Error ? error.message : String(error),
        '',
        'The program:',
        toldProgram(program),
        ...(steps.length > 0 ? ['', 'The order of its steps:', ...toldSteps(steps)] : []),
        '',
        `Again: ${again}`,
      ].join('\n'),
      error instanceof Error && error.cause !== undefined ? { cause: error.cause } : {},
    );
    this.name = new.target.name;
    this.program = program;
    // Where it was thrown, as its text is here: as a cause it would be told twice.
    if (error instanceof Error) this.stack = [String(this), ...framesOf(error)].join('\n');
  }
}

/** Thrown by a test some of whose histories are not what they should be: no order of their operations explains the answers. */
export class WrongHistory extends FailedProgram {}

/** What a failing program is told as. */
export function failed(found: Found): FailedProgram {
  return found.failure.error instanceof NotLinearizable ? new WrongHistory(found) : new FailedProgram(found);
}

function framesOf(error: Error): readonly string[] {
  if (error instanceof NotLinearizable) return [];
  return (error.stack ?? '').split('\n').filter((line) => /^ +at /.test(line));
}
