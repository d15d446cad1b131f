import { outsideTests } from '#testing/runtime';
import { ClonedDatabase } from './cloned-database.ts';
import type { Template } from './template.ts';

/** Databases that nobody uses any more and that may wait for a lull to be dropped: each takes about ten megabytes. */
const MOST_ENDED = 16;

/** Clones made ahead of need, in the background: a test takes one that is ready, and another one is begun. */
export class WarmClones {
  readonly #template: Template;
  readonly #ready: Promise<ClonedDatabase>[] = [];
  readonly #ended: ClonedDatabase[] = [];
  #making = 0;
  #isDropping = false;

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

  /** Ends the connections of those that nobody has taken, or that wait to be dropped. */
  async close(): Promise<void> {
    const ready = await Promise.allSettled(this.#ready.splice(0));
    const made = ready.flatMap((clone) => (clone.status === 'fulfilled' ? [clone.value] : []));
    for (const { source, watch } of [...made, ...this.#ended.splice(0)]) {
      watch.end();
      if (source.isInitialized) await source.destroy();
    }
  }

  async #make(): Promise<ClonedDatabase> {
    this.#making += 1;
    try {
      const url = await this.#template.clone();
      const source = await this.#template.open(url);
      return new ClonedDatabase(this.#template, url, source, (clone) => this.#end(clone));
    } finally {
      this.#making -= 1;
      this.#dropInLull().catch(() => {});
    }
  }

  /** Waits for a drop only where too many are waiting for theirs. */
  async #end(clone: ClonedDatabase): Promise<void> {
    this.#ended.push(clone);
    if (this.#ended.length > MOST_ENDED) await outsideTests(() => this.#dropOldest());
    else outsideTests(() => this.#dropInLull()).catch(() => {});
  }

  /** Dropping takes time from making, and somebody may be waiting for what is made. */
  async #dropInLull(): Promise<void> {
    if (this.#isDropping) return;
    this.#isDropping = true;
    while (this.#making === 0 && this.#ended.length > 0) await this.#dropOldest();
    this.#isDropping = false;
  }

  async #dropOldest(): Promise<void> {
    const oldest = this.#ended.shift();
    if (oldest === undefined) return;
    try {
      if (oldest.source.isInitialized) await oldest.source.destroy();
      await this.#template.drop(oldest.url);
    } catch {
      // Then it goes with the run.
    }
  }
}
