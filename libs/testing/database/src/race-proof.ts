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

/** What a process has found out about its rungs. */
export class RaceProof {
  readonly #proofs = new Map<Rung, Promise<number>>();

  /** Throws {@link RacesHidden} on a rung with one connection, and on one where a lost update ought to be seen and is not. */
  async require(rung: Rung, source: DataSource): Promise<void> {
    if (!isOn('rungs')) return;
    if (rung === 'rollback' || rung === 'session') {
      throw new RacesHidden(rung, 'one connection does everything one after the other, so no race can happen.');
    }
    if ((await this.#lostOn(rung, source)) === 0) {
      throw new RacesHidden(
        rung,
        'two increments at once were made in it 20 times, and none was lost as it ought to be.',
      );
    }
  }

  #lostOn(rung: Rung, source: DataSource): Promise<number> {
    const known = this.#proofs.get(rung);
    if (known) return known;
    const proof = lostUpdates(source, { stopAtFirst: true });
    this.#proofs.set(rung, proof);
    proof.catch(() => void this.#proofs.delete(rung)); // the next test tries again
    return proof;
  }
}
