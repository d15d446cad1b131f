import { NotLinearizable } from './judged-run.ts';
import { toldProgram, type Program } from './program.ts';
import { toldSteps, type Failure } from './tries.ts';

type Found = { readonly program: Program<unknown>; readonly failure: Failure; readonly again: string };

/** Thrown by a test some of whose histories are not what they should be: with the smallest program found that shows it. */
export class WrongHistory extends Error {
  readonly program: Program<unknown>;

  constructor({ program, failure, again }: Found) {
    const { error, steps } = failure;
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
      error instanceof NotLinearizable ? {} : { cause: error },
    );
    this.name = 'WrongHistory';
    this.program = program;
  }
}
