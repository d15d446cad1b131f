import { RefusedTable } from './refused-table.ts';

const NEW_LINE = 10;

/** Decodes UTF-8 as it arrives, and says on which line it is none, or has a character that no text has. */
export class Utf8Lines {
  readonly #decoder = new TextDecoder('utf-8', { fatal: true });
  #line = 1;

  decode(chunk: Uint8Array): string {
    let text = '';
    for (let start = 0; start < chunk.length;) {
      const end = chunk.indexOf(NEW_LINE, start) + 1 || chunk.length;
      text += this.#decoded(chunk.subarray(start, end), true);
      if (chunk[end - 1] === NEW_LINE) this.#line += 1;
      start = end;
    }
    return text;
  }

  /** Nothing comes any more. */
  end(): void {
    this.#decoded(new Uint8Array(), false);
  }

  #decoded(bytes: Uint8Array, stream: boolean): string {
    let text: string;
    try {
      text = this.#decoder.decode(bytes, { stream });
    } catch {
      throw this.#refused('it is not UTF-8');
    }
    // No database stores it, and no text has it.
    if (text.includes('\0')) throw this.#refused('it contains the character NUL');
    return text;
  }

  #refused(reason: string): RefusedTable {
    return new RefusedTable({ kind: 'TableUnreadable', line: this.#line, reason });
  }
}
