import { isOn, runningTest } from '#testing/runtime';
import type { DataSource } from 'typeorm';
import type { Rung } from './ladder.ts';
import { lostUpdates } from './lost-update.ts';

/** Thrown at a test of concurrency whose database shows no race, so that it would pass whatever the code does. */
export class RacesHidden extends Error {
  constructor(rung: Rung, why: string) {
    const test = runningTest()?.title;
    super(
      `${test === undefined ? 'A test' : `"${test}"`} is about concurrency, and its database is on the rung "${rung}": ` +
        `${why} Choose "reset" or "clone".`,
    );
    this.name = 'RacesHidden';
  }
}

/** The rungs of a process that have shown a race. */
export class RaceProof {
  readonly #shown = new Set<Rung>();

  has(rung: Rung): boolean {
    return this.#shown.has(rung) || !isOn('rungs');
  }

  /** Throws {@link RacesHidden} on a rung with one connection, and on one where a lost update ought to be seen and is not. */
  async require(rung: Rung, source: DataSource): Promise<void> {
    if (this.has(rung)) return;
    if (rung === 'rollback' || rung === 'session') {
      throw new RacesHidden(rung, 'one connection does everything one after the other, so no race can happen.');
    }
    if ((await lostUpdates(source, { stopAtFirst: true })) === 0) {
      throw new RacesHidden(
        rung,
        'two increments at once were made in it 20 times, and none was lost as it ought to be.',
      );
    }
    this.#shown.add(rung);
  }
}
