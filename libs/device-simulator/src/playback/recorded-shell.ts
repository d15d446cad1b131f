import { promptOf } from '../recording/answer-parts.ts';
import type { Recording } from '../recording/recording.ts';
import type { Personality } from './personality.ts';
import { Playback } from './playback.ts';

/** `ran` are the lines that were entered; `closes` says that the device ends the session after the text. */
export type ShellOutput = { readonly text: string; readonly ran: readonly string[]; readonly closes: boolean };

type Pager = { readonly lines: number };

/**
 * A device at its prompt: what is typed is answered from a recording, one line after the other, also when it was typed
 * before the device was ready for it. While a pager waits, keys are for the pager.
 */
export class RecordedShell {
  readonly #recording: Recording;
  readonly #personality: Personality;
  readonly #playback: Playback;
  readonly #pager: Pager | null;
  #line = '';
  #afterReturn = false;
  #unread: readonly string[] = [];
  #unreadPrompt = '';
  #closed = false;

  constructor(recording: Recording, personality: Personality, pager: Pager | null = null) {
    this.#recording = recording;
    this.#personality = personality;
    this.#playback = new Playback(recording, personality);
    this.#pager = pager;
  }

  greeting(): string {
    const { initPrompt } = this.#recording;
    if (initPrompt === null) return this.#playback.prompt;
    const isOpen = promptOf(this.#recording) !== '';
    return onTerminal(isOpen ? initPrompt : `${initPrompt.trimEnd()}\n${this.#playback.prompt}`);
  }

  type(keys: string): ShellOutput {
    const ran: string[] = [];
    let text = '';
    for (const key of keys) {
      if (this.#closed) break;
      const isRestOfReturn = key === '\n' && this.#afterReturn;
      this.#afterReturn = key === '\r';
      if (isRestOfReturn) continue;
      if (this.#unread.length > 0) text += this.#turnPage(key);
      else if (key === '\n' || key === '\r') text += this.#runLine(ran);
      else this.#line += key;
    }
    return { text: onTerminal(text), ran, closes: this.#closed };
  }

  #runLine(ran: string[]): string {
    const line = this.#line;
    this.#line = '';
    ran.push(line);
    const { echo, body, prompt, endsSession } = this.#playback.answerTo(line, 'shell');
    this.#closed = endsSession;
    if (this.#pager === null) return echo + body + prompt;
    this.#unread = body.split(/(?<=\n)/);
    this.#unreadPrompt = prompt;
    return echo + this.#nextLines(this.#pager.lines);
  }

  #turnPage(key: string): string {
    const { erasing } = this.#personality.pager;
    if (key === ' ') return erasing + this.#nextLines(this.#pager?.lines ?? 1);
    if (key === '\r' || key === '\n') return erasing + this.#nextLines(1);
    if (key !== 'q') return '';
    this.#unread = [];
    return erasing + this.#unreadPrompt;
  }

  #nextLines(count: number): string {
    const shown = this.#unread.slice(0, count).join('');
    this.#unread = this.#unread.slice(count);
    return shown + (this.#unread.length > 0 ? this.#personality.pager.line : this.#unreadPrompt);
  }
}

// A terminal begins a new line with CR and LF; where the recording says so itself, it stays as it is.
function onTerminal(text: string): string {
  return text.replaceAll(/(?<!\r)\n/g, '\r\n');
}
