import { outsideTests } from '#testing/runtime';
import { ClonedDatabase } from './cloned-database.ts';
import type { Template } from './template.ts';

/** Databases nobody uses any more that may wait for being dropped: they take room, and dropping takes time from making. */
const WAITING_FOR_DROP = 8;

/** Clones made ahead of need, in the background: a test takes one that is ready, and another one is begun. */
export class WarmClones {
  readonly #template: Template;
  readonly #ready: Promise<ClonedDatabase>[] = [];
  readonly #dropping = new Set<Promise<void>>();

  constructor(template: Template) {
    this.#template = template;
  }

  /** Makes sure that so many are ready or under way. */
  warm(ahead: number): void {
    while (this.#ready.length < ahead) {
      const clone = outsideTests(() => this.#make());
      clone.catch(() => {}); // who takes it is told
      this.#ready.push(clone);
    }
  }

  /** @param ahead how many are to be ready for those who come next */
  async take(ahead = 0): Promise<ClonedDatabase> {
    const clone = this.#ready.shift() ?? outsideTests(() => this.#make());
    this.warm(ahead);
    return clone;
  }

  /** Resolves when everything that is no longer needed is gone. */
  async dropped(): Promise<void> {
    await Promise.all(this.#dropping);
  }

  async #make(): Promise<ClonedDatabase> {
    const url = await this.#template.clone();
    const source = await this.#template.open(url);
    return new ClonedDatabase(this.#template, url, source, (clone) => this.#drop(clone));
  }

  /** In the background, unless too many wait already. */
  async #drop({ source, url }: ClonedDatabase): Promise<void> {
    const drop = outsideTests(async () => {
      if (source.isInitialized) await source.destroy();
      await this.#template.drop(url);
    })
      .catch(() => {}) // then it goes with the run
      .finally(() => void this.#dropping.delete(drop));
    this.#dropping.add(drop);
    while (this.#dropping.size > WAITING_FOR_DROP) await Promise.race(this.#dropping);
  }
}
