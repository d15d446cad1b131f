import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Finding, Size } from '../campaign.ts';

/** What a campaign has found so far, as it is kept between two runs of the command. */
export type Kept = {
  readonly id: string;
  readonly size: Size;
  readonly seed: number;
  readonly trials: number;
  readonly commit: string;
  readonly finding: Finding;
  readonly tookMs: number;
};

/** Results in a folder, one file per campaign and size; each is replaced as a whole. */
export class KeptResults {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** What was kept of the same campaign with the same seed and number of trials, or null. */
  async find({ id, size, seed, trials }: Pick<Kept, 'id' | 'size' | 'seed' | 'trials'>): Promise<Kept | null> {
    const text = await readFile(this.#file(id, size), 'utf8').catch(() => null);
    if (text === null) return null;
    const kept = JSON.parse(text) as Kept;
    return kept.seed === seed && kept.trials === trials ? kept : null;
  }

  async keep(result: Kept): Promise<void> {
    await mkdir(this.#folder, { recursive: true });
    const file = this.#file(result.id, result.size);
    await writeFile(`${file}.new`, JSON.stringify(result));
    await rename(`${file}.new`, file);
  }

  #file(id: string, size: Size): string {
    return join(this.#folder, `${size}-${id}.json`);
  }
}
