import { LAST_PLACE, MAKE_PLACES } from './place-statements.ts';
import type { EntityManager } from 'typeorm';

const FIRST = 64;

type Placed<Id> = { readonly place: number | null; readonly id: Id | null };

/** The most jobs that may wait and run together; the same for every process of an installation. */
export type Capacity = { readonly capacity: number };

export const usualCapacity: Capacity = { capacity: 100_000 };

/** Looks for places for the jobs that one transaction adds. */
export class JobPlaces {
  readonly #manager: EntityManager;
  readonly #capacity: number;
  #last = 0;

  constructor(manager: EntityManager, { capacity }: Capacity) {
    this.#manager = manager;
    this.#capacity = capacity;
  }

  /**
   * Runs a statement that puts a job into a place. Answers its id, 'full' when there is no place, and null when there was one
   * that the statement had no use for.
   */
  async put<Id>(statement: string, values: readonly unknown[]): Promise<Id | 'full' | null> {
    for (let before = -1; ;) {
      const [row] = await this.#manager.query<[Placed<Id>]>(statement, [this.#capacity, this.#last, ...values]);
      if (row.place !== null) {
        if (row.id !== null) this.#last = row.place;
        return row.id;
      }
      // Places that became free meanwhile are found by looking from the beginning once more, others have to be made.
      const isAll = this.#last === 0;
      this.#last = 0;
      if (!isAll) continue;
      const places = await this.#makeMore();
      if (places === before) return 'full';
      before = places;
    }
  }

  /** Makes as many places as there are, up to the capacity; answers how many there were before. */
  async #makeMore(): Promise<number> {
    const [{ last }] = await this.#manager.query<[{ last: number }]>(LAST_PLACE);
    const upTo = Math.min(this.#capacity, Math.max(FIRST, last * 2));
    if (upTo > last) await this.#manager.query(MAKE_PLACES, [last, upTo]);
    return last;
  }
}
