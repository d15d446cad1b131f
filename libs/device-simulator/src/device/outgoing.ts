import { abortable } from '#kernel';
import type { Faults } from './faults.ts';
import { hangUp, silence, type Line } from './line.ts';
import { pause } from './pause.ts';

const NO_UTF8 = 0xff;
const SLICES_PER_SECOND = 20;
const ENDLESS_BLOCK_CHARACTERS = 4_096;
const DELAYED_PIECE_BYTES = 1024;

/** What a device sends over one channel, with everything that goes wrong on the way. */
export class Outgoing {
  readonly #line: Line;
  #hasBegun = false;
  #isConfiguration = false;
  #position = 0;

  constructor(line: Line) {
    this.#line = line;
  }

  /** Begins the answer to a command: from here the positions of faults are counted. */
  begin(command: string): void {
    this.#hasBegun = true;
    this.#isConfiguration = this.#line.isConfigurationCommand(command);
    this.#position = 0;
  }

  async send(text: string): Promise<void> {
    const faults = this.#line.faults();
    if (!this.#hasBegun && faults.endlessBanner !== undefined) return this.#repeat(faults.endlessBanner);
    if (!this.#isConfiguration) return this.#transmit(Buffer.from(text), faults);
    if (faults.endless === undefined) return this.#sendConfiguration(text, faults);
    await this.#sendConfiguration(text.slice(0, text.lastIndexOf('\n') + 1), faults);
    const block = blockOf(faults.endless);
    for (;;) await this.#sendConfiguration(block, this.#line.faults());
  }

  async #repeat(text: string): Promise<never> {
    const block = Buffer.from(blockOf(text));
    for (;;) await this.#transmit(block, this.#line.faults());
  }

  async #sendConfiguration(text: string, faults: Faults): Promise<void> {
    const bytes = Buffer.from(text);
    const from = this.#position;
    this.#position += bytes.length;
    const end = faults.cut?.afterBytes ?? faults.stall?.afterBytes ?? Infinity;
    garble(bytes, from, faults);
    await this.#transmit(bytes.subarray(0, Math.max(0, end - from)), faults);
    if (this.#position >= end) await this.#fail(faults);
  }

  async #transmit(bytes: Buffer, faults: Faults): Promise<void> {
    const { size, delayMs } = paceOf(faults);
    for (let at = 0; at < bytes.length; at += size) {
      await this.#write(bytes.subarray(at, at + size));
      if (delayMs > 0) await pause(delayMs, this.#line.signal);
    }
  }

  // A channel that is closed meanwhile never calls back.
  async #write(piece: Buffer): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#line.channel.write(piece, () => resolve());
    await abortable(promise, this.#line.signal);
  }

  async #fail({ cut }: Faults): Promise<never> {
    if (cut?.by === 'close' || cut?.by === 'exit') return hangUp(this.#line, cut.by === 'exit' ? 0 : null);
    if (cut !== undefined) this.#line.breakOff(cut.by);
    return silence(this.#line.signal);
  }
}

function blockOf(text: string): string {
  return text.repeat(Math.ceil(ENDLESS_BLOCK_CHARACTERS / Math.max(1, text.length)));
}

function garble(bytes: Buffer, from: number, { garbled }: Faults): void {
  if (garbled === undefined) return;
  const every = Math.max(1, garbled.everyBytes);
  for (let at = every - 1 - (from % every); at < bytes.length; at += every) bytes[at] = NO_UTF8;
}

function paceOf({ chunkBytes, delayMs, bytesPerSecond }: Faults): { readonly size: number; readonly delayMs: number } {
  const fallback = delayMs === undefined ? Infinity : DELAYED_PIECE_BYTES;
  const slice = bytesPerSecond === undefined ? fallback : bytesPerSecond / SLICES_PER_SECOND;
  const size = Math.max(1, Math.floor(chunkBytes ?? slice));
  return { size, delayMs: delayMs ?? (bytesPerSecond === undefined ? 0 : (size / bytesPerSecond) * 1_000) };
}
