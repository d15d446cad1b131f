import type { Readable } from 'node:stream';

const KEPT = 4_000;

/** Reads a stream to its end and keeps only its last lines, for the error message. */
export class LastWords {
  #text = '';

  constructor(stream: Readable) {
    stream.setEncoding('utf8');
    stream.on('data', (chunk: string) => {
      this.#text = (this.#text + chunk).slice(-KEPT);
    });
    stream.on('error', () => {});
  }

  toString(): string {
    return this.#text.trim();
  }
}
