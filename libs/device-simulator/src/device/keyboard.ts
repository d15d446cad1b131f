import { abortable } from '#kernel';
import type { Line } from './line.ts';

/** What the other side types, in the order it was typed; typing ahead is fine. */
export class Keyboard {
  readonly #signal: AbortSignal;
  #typed = '';
  #ended = false;
  #more = Promise.withResolvers<void>();

  constructor({ channel, signal }: Line) {
    this.#signal = signal;
    channel.setEncoding('utf8');
    channel.on('data', (text: string) => {
      this.#typed += text;
      this.#more.resolve();
    });
    channel.on('end', () => {
      this.#ended = true;
      this.#more.resolve();
    });
  }

  /** The next key; null when there will be no more. */
  async key(): Promise<string | null> {
    while (this.#typed === '' && !this.#ended) {
      this.#more = Promise.withResolvers();
      await abortable(this.#more.promise, this.#signal);
    }
    const [key = null] = this.#typed;
    this.#typed = this.#typed.slice(key?.length ?? 0);
    return key;
  }
}
