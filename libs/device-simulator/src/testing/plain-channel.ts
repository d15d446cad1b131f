import type { ClientChannel } from 'ssh2';

/** The client's end of a channel, with everything that came through it, in order. */
export class PlainChannel {
  readonly pieces: Buffer[] = [];
  /** `exit <status>`, `end` and `close`, as they came. */
  readonly events: string[] = [];
  readonly #channel: ClientChannel;
  readonly #closed = Promise.withResolvers<void>();
  #received = 0;
  #more = Promise.withResolvers<void>();

  constructor(channel: ClientChannel) {
    this.#channel = channel;
    channel.on('data', (piece: Buffer) => {
      this.pieces.push(piece);
      this.#received += piece.length;
      this.#more.resolve();
    });
    channel.on('exit', (status) => this.events.push(`exit ${status}`));
    channel.on('end', () => this.events.push('end'));
    channel.on('close', () => {
      this.events.push('close');
      this.#closed.resolve();
      this.#more.resolve();
    });
  }

  get bytes(): Buffer {
    return Buffer.concat(this.pieces);
  }

  get text(): string {
    return this.bytes.toString('utf8');
  }

  type(keys: string): void {
    this.#channel.write(keys);
  }

  endInput(): void {
    this.#channel.end();
  }

  /** All text until the channel closed. */
  async whole(): Promise<string> {
    await this.#closed.promise;
    return this.text;
  }

  /** All text up to now, as soon as it ends like this. */
  async upTo(ending: string): Promise<string> {
    while (!this.text.endsWith(ending)) {
      if (this.events.includes('close')) throw new Error(`The channel closed before ${JSON.stringify(ending)} came.`);
      this.#more = Promise.withResolvers();
      await this.#more.promise;
    }
    return this.text;
  }

  /** Waits until at least so many bytes have come. */
  async atLeast(bytes: number): Promise<void> {
    while (this.#received < bytes) {
      if (this.events.includes('close')) throw new Error(`The channel closed after ${this.#received} bytes.`);
      this.#more = Promise.withResolvers();
      await this.#more.promise;
    }
  }
}
