import { nearestOwn, type TakenStack } from '#testing/runtime';

const RUNNER = /node:|<anonymous>\)|[\\/]node_modules[\\/]|[\\/]libs[\\/]testing[\\/](mocha|lifecycle|runtime)[\\/]/;
const NOT_A_FILE = /\((node:|<anonymous>|native)|at (async )?node:/;

/** Where something was made, worked out when somebody asks. */
export class Trace {
  readonly #taken: TakenStack;
  #byOwnCode: boolean | undefined;

  constructor(taken: TakenStack) {
    this.#taken = taken;
  }

  /** Whether one's own code made it, rather than a package, the kit or Node for their own purposes. */
  get byOwnCode(): boolean {
    return (this.#byOwnCode ??= nearestOwn(`\n${this.#maker()}`) !== NOWHERE);
  }

  /** How many calls deep it was made, those that await included, and whatever runs the test left out. */
  get depth(): number {
    return this.#stack.split('\n').filter((frame) => !RUNNER.test(frame)).length;
  }

  /** The nearest line of one's own code. */
  toString(): string {
    return nearestOwn(this.#stack);
  }

  get #stack(): string {
    return this.#taken.stack ?? '';
  }

  #maker(): string {
    const frames = this.#stack.split('\n').slice(1);
    return frames.find((frame) => !NOT_A_FILE.test(frame)) ?? '';
  }
}

const NOWHERE = nearestOwn('');
