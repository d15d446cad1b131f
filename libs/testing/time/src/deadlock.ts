import type { OpenCall } from '#testing/runtime';

export type DeadlockFacts = {
  /** Calls of ports that wait for their answer. */
  readonly calls: readonly OpenCall[];
  /** Lines at which the test's code waits, as far as they are known. */
  readonly places: readonly string[];
  /** What is open and has been silent; empty when it is certain that nothing can go on. */
  readonly open: readonly string[];
  readonly silentMs: number;
  readonly at: Date;
};

/**
 * Work that a virtual clock was to run cannot go on: no alarm is set, and nothing real is under way. It is `certain`
 * unless something is open that might still speak, such as a socket; then it was given time to do so.
 */
export class Deadlock extends Error {
  readonly certain: boolean;
  /** Such as `Devices.find, called at …`. */
  readonly calls: readonly string[];
  readonly places: readonly string[];
  readonly open: readonly string[];

  constructor({ calls, places, open, silentMs, at }: DeadlockFacts) {
    const certain = open.length === 0;
    const spoken = calls.map(({ what, site }) => `${what}, called at ${site}`);
    const what = certain
      ? 'nothing real is under way and no alarm is set, so nothing can go on.'
      : `no alarm is set, and nothing has moved for ${silentMs} ms. If something here is only slow, give the clock more patience.`;
    super(
      [
        `Deadlock at ${at.toISOString()}: ${what}`,
        ...section('Open, but silent', open),
        ...section('Port calls that wait for their answer', spoken),
        ...section('The code waits at', places),
      ].join('\n'),
    );
    this.name = 'Deadlock';
    this.certain = certain;
    this.calls = spoken;
    this.places = places;
    this.open = open;
  }
}

function section(title: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : [`${title}:`, ...lines.map((line) => `  ${line}`)];
}
