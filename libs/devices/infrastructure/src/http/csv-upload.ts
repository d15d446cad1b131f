import type { Readable } from 'node:stream';

/** A file that is still arriving. Nobody looks into it on the way to who reads it. */
export class CsvUpload {
  readonly #stream: Readable;

  constructor(stream: Readable) {
    this.#stream = stream;
  }

  /** Ends early without hanging up, so that a refusal can be answered. */
  bytes(): AsyncIterable<Uint8Array> {
    return { [Symbol.asyncIterator]: () => this.#stream.iterator({ destroyOnReturn: false }) };
  }
}
