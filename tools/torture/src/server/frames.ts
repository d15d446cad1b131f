/** One message of PostgreSQL's protocol. The first one of a client has no type. */
export type Frame = { readonly type: string; readonly body: Buffer };

const LENGTH = 4;

/** Cuts a stream of PostgreSQL's protocol into its messages; what a chunk breaks off is kept for the next one. */
export class Frames {
  #rest: Buffer = Buffer.alloc(0);
  #beginsTyped: boolean;

  constructor({ beginsTyped }: { readonly beginsTyped: boolean }) {
    this.#beginsTyped = beginsTyped;
  }

  push(chunk: Buffer): readonly Frame[] {
    this.#rest = Buffer.concat([this.#rest, chunk]);
    const frames: Frame[] = [];
    for (;;) {
      const header = this.#beginsTyped ? 1 : 0;
      if (this.#rest.length < header + LENGTH) return frames;
      const end = header + this.#rest.readUInt32BE(header);
      if (this.#rest.length < end) return frames;
      const type = header === 0 ? '' : this.#rest.toString('latin1', 0, 1);
      frames.push({ type, body: this.#rest.subarray(header + LENGTH, end) });
      this.#rest = this.#rest.subarray(end);
      this.#beginsTyped = true;
    }
  }
}

/** The text of a statement that a client sends, or null when the message holds none. */
export function statementOf({ type, body }: Frame): string | null {
  if (type === 'Q') return body.toString('utf8', 0, Math.max(0, body.length - 1));
  if (type !== 'P') return null;
  const name = body.indexOf(0);
  return body.toString('utf8', name + 1, body.indexOf(0, name + 1));
}
