import { assertNever } from '#kernel';
import type { Pager, ShellModel } from '../models/device-model.ts';
import { LINES_OF_A_REJECTION, rejectionIn, textOf } from './answer.ts';
import {
  failed,
  garbled,
  incomplete,
  LISTEN,
  type Dialogue,
  type DialogueEvent,
  type DialogueStep,
} from './dialogue.ts';
import { lineBelowEcho, withoutBlanks } from './echo.ts';
import { Transcript } from './transcript.ts';

const LONGEST_PROMPT = 256;

/**
 * The conversation with a device that shows a prompt.
 *
 * That a line looks like the prompt proves nothing: the text of a prompt may stand in a banner or in the configuration,
 * and the rest of the answer may be on its way. So such a line only decides what is typed next; what is typed too early
 * the device reads when it gets there. Whether the configuration is whole is decided once, when the device has closed:
 * what it said last must then be its prompt, with the logout behind it.
 */
export class ShellDialogue implements Dialogue {
  readonly #model: ShellModel;
  readonly #limitBytes: number;
  readonly #transcript: Transcript;
  readonly #commands: readonly string[];
  #received = 0;
  #prompt = '';
  #typed = 0;
  #loggedOut = false;
  // Numbers of lines: where the latest command was typed, where it was echoed, up to where its echo was looked for.
  #typedAt = 0;
  #echoedAt: number | null = null;
  #lookedUpTo = 0;
  #keyPressedAt: number | null = null;

  constructor(model: ShellModel, limitBytes: number) {
    this.#model = model;
    this.#limitBytes = limitBytes;
    this.#transcript = new Transcript(model.pagers);
    this.#commands = [...model.preparation, model.command];
  }

  begin(): DialogueStep {
    return LISTEN;
  }

  after(event: DialogueEvent): DialogueStep {
    switch (event.kind) {
      case 'text':
        return this.#hear(event.text, event.bytes);
      case 'exitStatus':
      case 'endOfFile':
        return LISTEN;
      case 'silence':
        return this.#stalled();
      case 'closed':
        if (event.how === 'orderly' && this.#loggedOut) return this.#verdict();
        return incomplete(
          `the connection was ${event.how === 'lost' ? 'lost' : 'closed'} while ${this.#awaited()} was awaited`,
        );
      default:
        return assertNever(event);
    }
  }

  #hear(text: string, bytes: number): DialogueStep {
    this.#received += bytes;
    if (this.#received > this.#limitBytes) return failed({ kind: 'AnswerTooLong', limitBytes: this.#limitBytes });
    this.#transcript.accept(text);
    this.#learnFromEcho();
    const { pager } = this.#transcript;
    if (pager !== null) return this.#press(pager);
    if (this.#loggedOut || !this.#isAtPrompt()) return LISTEN;
    const next = this.#commands[this.#typed];
    return next === undefined ? this.#logOut() : this.#type(next);
  }

  #press({ key }: Pager): DialogueStep {
    const line = this.#transcript.lines.length;
    if (this.#keyPressedAt === line) return LISTEN;
    this.#keyPressedAt = line;
    return { kind: 'send', text: key };
  }

  #type(command: string): DialogueStep {
    this.#typed += 1;
    this.#typedAt = this.#lookedUpTo = this.#transcript.lines.length;
    this.#echoedAt = null;
    return { kind: 'send', text: `${command}\n` };
  }

  #logOut(): DialogueStep {
    const { lines } = this.#transcript;
    const from = this.#below() ?? this.#typedAt;
    const rejection = rejectionIn(lines.slice(from, from + LINES_OF_A_REJECTION), this.#model.rejections);
    if (rejection !== null) return failed({ kind: 'CommandRejected', command: this.#model.command, answer: rejection });
    if (!this.#endsAsItShould(lines, { from, to: lines.length })) return LISTEN;
    this.#loggedOut = true;
    return { kind: 'send', text: `${this.#model.logout}\n` };
  }

  // Before the first command any line that looks like a prompt will do; its echo then says which one it really is.
  #isAtPrompt(): boolean {
    const { tail, lines } = this.#transcript;
    if (tail.length > LONGEST_PROMPT) return false;
    if (this.#typed > 0) return lines.length > this.#typedAt && tail.trimEnd() === this.#prompt;
    if (!this.#model.prompt.test(tail)) return false;
    this.#prompt = tail.trimEnd();
    return true;
  }

  #learnFromEcho(): void {
    const { lines } = this.#transcript;
    const command = this.#commands[this.#typed - 1];
    for (; this.#lookedUpTo < lines.length && command !== undefined; this.#lookedUpTo += 1) {
      const line = lines[this.#lookedUpTo] ?? '';
      if (this.#echoedAt !== null || line.length > LONGEST_PROMPT + command.length || !line.endsWith(command)) continue;
      const before = line.slice(0, -command.length).trimEnd();
      if (!this.#model.prompt.test(before)) continue;
      this.#prompt = before;
      this.#echoedAt = this.#lookedUpTo;
    }
  }

  #below(): number | null {
    if (this.#echoedAt !== null) return this.#echoedAt + 1;
    const { lines } = this.#transcript;
    return lineBelowEcho(lines, { at: this.#typedAt, prompt: this.#prompt, command: this.#model.command });
  }

  // A device may show its prompt again and again: this looks at the last lines only.
  #endsAsItShould(lines: readonly string[], { from, to }: { from: number; to: number }): boolean {
    const { endMarker } = this.#model.proof;
    let last = to - 1;
    while (last >= from && lines[last]?.trim() === '') last -= 1;
    return endMarker === null || (last >= from && lines[last]?.trimEnd() === endMarker);
  }

  #verdict(): DialogueStep {
    const { command, logout, proof, rejections } = this.#model;
    const lines = [...this.#transcript.lines, this.#transcript.tail];
    const last = lines.findLastIndex((line) => line.trim() !== '');
    const farewell = lines[last] ?? '';
    const echo = withoutBlanks(farewell.slice(this.#prompt.length));
    const isFarewell = echo === logout || (echo === '' && proof.logoutEcho === 'optional');
    if (!farewell.startsWith(this.#prompt) || !isFarewell)
      return incomplete(`the connection was closed while ${this.#awaited()} was awaited`);

    const from = this.#below();
    if (from === null) return garbled(`the echo of "${command}" cannot be told from the answer`);
    const answer = lines.slice(from, last);
    const rejection = rejectionIn(answer.slice(0, LINES_OF_A_REJECTION), rejections);
    if (rejection !== null) return failed({ kind: 'CommandRejected', command, answer: rejection });
    if (!this.#endsAsItShould(lines, { from, to: last }))
      return incomplete(`the line "${proof.endMarker}" is missing at the end`);
    if (this.#transcript.isGarbled(from, last)) return garbled('it holds characters that no configuration has');
    const text = textOf(answer);
    return text === '' ? incomplete('the answer is empty') : { kind: 'done', configuration: { text } };
  }

  #stalled(): DialogueStep {
    const isBack = this.#typed === this.#commands.length && this.#isAtPrompt();
    if (!isBack || this.#loggedOut) return failed({ kind: 'DeviceStalled', waitingFor: this.#awaited() });
    return incomplete(`the prompt came back without the line "${this.#model.proof.endMarker}" before it`);
  }

  #awaited(): string {
    if (this.#loggedOut) return `the end of the session after "${this.#model.logout}"`;
    const command = this.#commands[this.#typed - 1];
    return command === undefined ? 'the prompt' : `the answer to "${command}"`;
  }
}
