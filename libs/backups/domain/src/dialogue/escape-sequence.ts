const WHOLE = /^\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)|[()*+#][^]|[^[\]()*+#])$/;
const ERASES = /^\x1b\[[0-2]?[JK]$/;
const HARMLESS = /^\x1b(?:\[[0-?]*[ -/]*[mhlnrcqt]|[^[])/;
const LONGEST = 256;

/** What a sequence means for a line of text: erasing is what pagers do, moving the cursor leaves text over text. */
export type EscapeMeaning = 'unfinished' | 'harmless' | 'erases' | 'disturbs';

/** A terminal's control sequence that may come in pieces. */
export class EscapeSequence {
  #text = '';

  get open(): boolean {
    return this.#text !== '';
  }

  accept(character: string): EscapeMeaning {
    this.#text += character;
    const text = this.#text;
    if (!WHOLE.test(text) && text.length < LONGEST) return 'unfinished';
    this.#text = '';
    if (ERASES.test(text)) return 'erases';
    return text.length < LONGEST && HARMLESS.test(text) ? 'harmless' : 'disturbs';
  }
}
