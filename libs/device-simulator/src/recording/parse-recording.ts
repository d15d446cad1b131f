import { isMap, isScalar, isSeq, LineCounter, parseDocument, type Node, type Pair } from 'yaml';
import { modelOfRecording } from './model-of-recording.ts';
import { RecordingInvalid } from './recording-invalid.ts';
import type { Exchange, Recording } from './recording.ts';
import { unescape } from './unescape.ts';

/** Reads a recording; throws {@link RecordingInvalid} when the text is none. `name` is the file's, for the message. */
export function parseRecording(text: string, name = 'recording'): Recording {
  return new Parser(text, name).recording();
}

class Parser {
  readonly #text: string;
  readonly #name: string;
  readonly #lines = new LineCounter();

  constructor(text: string, name: string) {
    this.#text = text;
    this.#name = name;
  }

  recording(): Recording {
    const options = { lineCounter: this.#lines, schema: 'failsafe', uniqueKeys: false } as const;
    const { contents, errors } = parseDocument<Node>(this.#text, options);
    const [error] = errors;
    if (error !== undefined) throw this.#invalid(error.pos[0], error.message.split('\n', 1)[0] ?? '');
    if (!isMap(contents)) throw this.#invalid(0, 'a map with "init_prompt" and "commands" is expected');

    const field = (key: string): Pair<unknown, unknown> | undefined =>
      contents.items.find((pair) => isScalar(pair.key) && pair.key.value === key);
    const commands = field('commands');
    if (commands === undefined) throw this.#invalid(contents, '"commands" is missing');
    const prompt = field('init_prompt');
    return {
      name: this.#name,
      model: modelOfRecording(this.#name),
      initPrompt: (prompt === undefined ? '' : this.#string(prompt.value, prompt.key)) || null,
      exchanges: this.#pairs(commands).map((pair) => this.#exchange(pair)),
    };
  }

  #pairs({ key, value }: Pair<unknown, unknown>): Pair<unknown, unknown>[] {
    if (isMap(value)) return value.items;
    if (!isSeq(value)) throw this.#invalid(value ?? key, '"commands" is neither a map nor a list');
    return value.items.flatMap((item) => {
      if (isMap(item) && item.items.length === 1) return item.items;
      throw this.#invalid(item, 'a map with one command is expected');
    });
  }

  #exchange({ key, value }: Pair<unknown, unknown>): Exchange {
    return { typed: this.#string(key, key).replace(/\r?\n$/, ''), answer: this.#string(value, key) };
  }

  #string(node: unknown, at: unknown): string {
    if (node === null) return '';
    if (!isScalar(node) || typeof node.value !== 'string') throw this.#invalid(node ?? at, 'a text is expected');
    // In a quoted text YAML has read the escapes already.
    return node.type === 'QUOTE_DOUBLE' ? node.value : unescape(node.value);
  }

  #invalid(at: unknown, problem: string): RecordingInvalid {
    const offset = typeof at === 'number' ? at : ((at as Node | null)?.range?.[0] ?? 0);
    return new RecordingInvalid({ file: this.#name, line: Math.max(1, this.#lines.linePos(offset).line), problem });
  }
}
