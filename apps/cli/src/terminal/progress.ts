import type { Writable } from 'node:stream';

export type Terminal = Writable & { readonly isTTY?: boolean; readonly columns?: number };

/** Shows work as it goes on: one line that is drawn anew on a terminal, a line per finished item anywhere else. */
export class Progress {
  readonly #out: Terminal;
  readonly #total: number;
  readonly #what: string;
  #done = 0;

  constructor(out: Terminal, what: string, total: number) {
    this.#out = out;
    this.#what = what;
    this.#total = total;
    this.#draw('');
  }

  /** One more is finished; `line` says how it went. */
  finish(line: string): void {
    this.#done += 1;
    if (this.#isLive) {
      this.#out.write(`\r\u001b[2K  ${line}\n`);
      this.#draw('');
    } else {
      this.#out.write(`[${this.#done}/${this.#total}] ${line}\n`);
    }
  }

  /** What is going on right now; only a terminal shows it. */
  now(doing: string): void {
    this.#draw(doing);
  }

  close(): void {
    if (this.#isLive) this.#out.write('\r\u001b[2K');
  }

  get #isLive(): boolean {
    return this.#out.isTTY === true;
  }

  #draw(doing: string): void {
    if (!this.#isLive) return;
    const width = 24;
    const filled = this.#total === 0 ? width : Math.round((this.#done / this.#total) * width);
    const bar = `${'█'.repeat(filled)}${'░'.repeat(width - filled)}`;
    const text = `${bar} ${this.#done}/${this.#total} ${this.#what} ${doing}`;
    this.#out.write(`\r\u001b[2K${text.slice(0, (this.#out.columns ?? 80) - 1)}`);
  }
}
