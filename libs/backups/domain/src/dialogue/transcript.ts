import type { Pager } from '../models/device-model.ts';
import { EscapeSequence } from './escape-sequence.ts';

// Text without control characters and without U+FFFD, or one character.
const PIECE = /[\t\x20-\x7e\xa0-\ufffc\ufffe\uffff]+|[^]/y;
const LONGEST_PAGER = 256;

/**
 * What a person would read on the terminal: complete lines, and the line that is still being written.
 *
 * Line ends of every kind become one, a pager's line is gone when the device erases it, colours vanish. What a
 * configuration has no reason to contain (control characters, text written over text, bytes that are not UTF-8) marks
 * its line as garbled.
 */
export class Transcript {
  readonly lines: string[] = [];
  readonly #pagers: readonly Pager[];
  readonly #garbled = new Set<number>();
  readonly #escape = new EscapeSequence();
  #tail = '';
  #returned = false;
  // Blanks written over an erased pager are part of the erasing, until it is clear that they are not.
  #blanks: string | null = null;

  constructor(pagers: readonly Pager[] = []) {
    this.#pagers = pagers;
  }

  /** The line that has no end yet. */
  get tail(): string {
    return this.#tail + (this.#blanks ?? '');
  }

  /** The pager that waits for a key, if the line that has no end yet is one. */
  get pager(): Pager | null {
    if (this.#tail.length > LONGEST_PAGER) return null;
    return this.#pagers.find(({ line }) => line.test(this.#tail)) ?? null;
  }

  accept(text: string): void {
    for (let at = 0; at < text.length;) {
      PIECE.lastIndex = at;
      const piece = this.#escape.open ? text.charAt(at) : (PIECE.exec(text)?.[0] ?? '');
      this.#take(piece);
      at += piece.length;
    }
  }

  /** Whether a line of the range is garbled; the line that has no end yet has the number `lines.length`. */
  isGarbled(from: number, to: number): boolean {
    return this.#garbled.values().some((line) => line >= from && line < to);
  }

  #take(piece: string): void {
    if (piece === '\x1b' || this.#escape.open) this.#control(piece);
    else if (piece === '\n') this.#end();
    else if (piece === '\r') this.#return();
    else if (piece === '\b') this.#stepBack();
    else if (piece.length > 1 || piece === '\t' || /[^\0-\x1f\x7f-\x9f\ufffd]/.test(piece)) this.#write(piece);
    else this.#disturb();
  }

  #control(character: string): void {
    const meaning = this.#escape.accept(character);
    if (meaning === 'disturbs') this.#disturb();
    if (meaning === 'erases') this.#erase();
  }

  #end(): void {
    this.lines.push(this.tail);
    this.#tail = '';
    this.#blanks = null;
    this.#returned = false;
  }

  #return(): void {
    this.#returned = true;
    if (this.#blanks !== null) this.#blanks = '';
  }

  #stepBack(): void {
    if (this.#returned || this.#erasePager() || this.#tail === '') return;
    this.#disturb();
    this.#tail = this.#tail.slice(0, -1);
  }

  #erase(): void {
    if (this.#returned) this.#startOver();
    else this.#erasePager();
  }

  #write(piece: string): void {
    if (this.#returned) this.#startOver();
    const text = (this.#blanks ?? '') + piece;
    if (this.#blanks !== null && /^ *$/.test(piece)) {
      this.#blanks = text;
      return;
    }
    this.#blanks = null;
    this.#tail += text;
  }

  // Text that follows a carriage return goes over the line; only over a pager that is what a device means.
  #startOver(): void {
    this.#returned = false;
    if (this.#erasePager() || this.#tail === '') return;
    this.#disturb();
    this.#tail = '';
  }

  #erasePager(): boolean {
    if (this.#blanks === null && this.pager === null) return false;
    this.#tail = '';
    this.#blanks = '';
    return true;
  }

  #disturb(): void {
    this.#garbled.add(this.lines.length);
  }
}
