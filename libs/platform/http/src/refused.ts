import type { Problem } from './problem.ts';

/** Carries a problem from where the server noticed it, in a hook or a parser, to where errors are answered. */
export class Refused extends Error {
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(problem.detail);
    this.name = 'Refused';
    this.problem = problem;
  }
}
