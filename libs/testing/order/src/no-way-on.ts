import type { OpenCall } from '#testing/runtime';
import type { Step } from './step.ts';

type Facts = {
  readonly waiting: readonly string[];
  readonly calls: readonly OpenCall[];
  /** Statements that wait for each other in a database. */
  readonly waits: readonly string[];
  readonly trace: readonly Step[];
};

/** Actors that have not come to their end, while nothing can be chosen and no time can pass. */
export class NoWayOn extends Error {
  constructor({ waiting, calls, waits, trace }: Facts) {
    super(
      [
        `Deadlock: ${waiting.join(', ')} cannot go on, because no port is called, no timer is set, and nothing real is under way.`,
        ...calls.map(({ what, site }) => `  waits for ${what}, called at ${site}`),
        ...waits.map((wait) => `  ${wait}`),
        ...waiting.map(
          (name) => `  the last step of ${name}: ${trace.findLast(({ actor }) => actor === name)?.what ?? 'none'}`,
        ),
      ].join('\n'),
    );
    this.name = 'Deadlock';
  }
}

/** Actors that go on and on. */
export class Livelock extends Error {
  constructor(trace: readonly Step[]) {
    const last = trace.slice(-6).map(({ actor, what }) => `  ${actor}: ${what}`);
    super(
      [
        `Livelock: no end after ${trace.length} steps, although everybody had a turn now and then. If it only takes long, allow more \`steps\`. The last ones:`,
        ...last,
      ].join('\n'),
    );
    this.name = 'Livelock';
  }
}
