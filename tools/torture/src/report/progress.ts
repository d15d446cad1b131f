/** Tells how far a campaign has come: in place on a terminal, by its beginning and end where lines are kept. */
export class Progress {
  readonly #stream: NodeJS.WriteStream;

  constructor(stream: NodeJS.WriteStream) {
    this.#stream = stream;
  }

  begins(id: string, title: string, trials: number): void {
    if (!this.#stream.isTTY) this.#stream.write(`${id}: ${title}, ${trials} times\n`);
  }

  goesOn(id: string, done: number, trials: number): void {
    if (this.#stream.isTTY) this.#stream.write(`\r${id} ${done}/${trials} `);
  }

  ends(id: string, isMet: boolean, tookMs: number): void {
    const line = `${id}: ${isMet ? 'met' : 'MISSED'} after ${(tookMs / 1_000).toFixed(1)} s`;
    this.#stream.write(this.#stream.isTTY ? `\r${line}\x1b[K\n` : `${line}\n`);
  }
}
