import { assertNever } from '#kernel';
import type { Pager, ShellModel, ShellProof } from '../models/device-model.ts';
import { LINES_OF_A_REJECTION, rejectionIn, textOf } from './answer.ts';
import {
  failed,
  garbled,
  incomplete,
  LISTEN,
  PAUSE,
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
 * and the rest of the answer may be on its way. While the device is prepared such a line only decides what is typed
 * next: what is typed too early the device reads when it gets there, and the answers are not kept. The logout is typed
 * only after the prompt has stood through a short quiet, one per backup where nothing stalls.
 *
 * Whether the configuration is whole is decided once, when the device has closed: nothing but the echo of the logout may
 * then stand behind the prompt at which it was typed. So no echo of it is ever part of a configuration.
 *
 * The limit of this proof: a device that stalls for longer than the quiet right behind the text of its prompt in the
 * middle of its answer (behind the end marker too, where there is one), and whose session is then ended in an orderly
 * way before anything but the echo of the logout came, cannot be told from one that has said everything. Where a device closes without
 * an echo of the logout, the end marker and the quiet prompt carry the proof alone.
 * A header shows that the answer has its beginning; that a device left out the end of it, and then went on as if it had
 * not, cannot be told where there is no end marker.
 */
export class ShellDialogue implements Dialogue {
  readonly #model: ShellModel;
  readonly #limitBytes: number;
  readonly #transcript: Transcript;
  readonly #commands: readonly string[];
  #received = 0;
  #prompt = '';
  #typed = 0;
  // The number of the line, with the prompt, in which the logout was typed.
  #loggedOutAt: number | null = null;
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
      case 'quiet':
        return this.#logOut() ?? LISTEN;
      case 'silence':
        return this.#logOut() ?? this.#stalled();
      case 'closed':
        if (event.how === 'orderly' && this.#loggedOutAt !== null) return this.#verdict(this.#loggedOutAt);
        return this.#cut(event.how === 'lost' ? 'lost' : 'closed');
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
    if (this.#loggedOutAt !== null || !this.#isAtPrompt()) return LISTEN;
    const next = this.#commands[this.#typed];
    return next === undefined ? PAUSE : this.#type(next);
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

  #logOut(): DialogueStep | null {
    if (!this.#isReadyToLeave()) return null;
    const { lines } = this.#transcript;
    const from = this.#below() ?? this.#typedAt;
    const rejection = rejectionIn(lines.slice(from, from + LINES_OF_A_REJECTION), this.#model);
    if (rejection !== null) return failed({ kind: 'CommandRejected', command: this.#model.command, answer: rejection });
    if (!this.#endsAsItShould(lines, from)) return null;
    this.#loggedOutAt = lines.length;
    return { kind: 'send', text: `${this.#model.logout}\n` };
  }

  #isReadyToLeave(): boolean {
    return this.#loggedOutAt === null && this.#typed === this.#commands.length && this.#isAtPrompt();
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
    const { lines } = this.#transcript;
    const { command } = this.#model;
    const typed = { at: this.#typedAt, prompt: this.#prompt, command };
    const below = this.#echoedAt === null ? lineBelowEcho(lines, typed) : this.#echoedAt + 1;
    // What was typed before the prompt was whole the terminal echoes at once, and the device again in its turn.
    const isEchoedTwice = below !== null && withoutBlanks(lines[below] ?? '') === withoutBlanks(command);
    return isEchoedTwice ? below + 1 : below;
  }

  // A device may show its prompt again and again: this looks at the last lines only.
  #endsAsItShould(lines: readonly string[], from: number): boolean {
    const { endMarker } = this.#model.proof;
    let last = lines.length - 1;
    while (last >= from && lines[last]?.trim() === '') last -= 1;
    return endMarker === null || (last >= from && lines[last]?.trimEnd() === endMarker);
  }

  #verdict(last: number): DialogueStep {
    const { command, logout, proof } = this.#model;
    const lines = [...this.#transcript.lines, this.#transcript.tail];
    const [farewell = '', ...behind] = lines.slice(last);
    const isFarewell =
      this.#isEcho(farewell, logout) || (proof.logoutEcho === 'optional' && this.#isEcho(farewell, ''));
    if (!isFarewell || behind.some((line) => line.trim() !== '')) return this.#cut('closed');

    const from = this.#below();
    if (from === null) return garbled(`the echo of "${command}" cannot be told from the answer`);
    const answer = lines.slice(from, last);
    const echoed = this.#commands.find((typed) => answer.some((line) => this.#isEcho(line, typed)));
    if (echoed !== undefined) return garbled(`the echo of "${echoed}" stands in the answer`);
    if (this.#transcript.isGarbled(from, last)) return garbled('it holds characters that no configuration has');
    const text = textOf(answer);
    if (text === '') return incomplete('the answer is empty');
    if (!beginsAsItShould(text, proof)) return incomplete(`the answer does not begin with the line "${proof.header}"`);
    return { kind: 'done', configuration: { text } };
  }

  #isEcho(line: string, typed: string): boolean {
    return line.startsWith(this.#prompt) && withoutBlanks(line.slice(this.#prompt.length)) === withoutBlanks(typed);
  }

  #stalled(): DialogueStep {
    if (!this.#isReadyToLeave()) return failed({ kind: 'DeviceStalled', waitingFor: this.#awaited() });
    return incomplete(`the prompt came back without the line "${this.#model.proof.endMarker}" before it`);
  }

  #cut(how: 'lost' | 'closed'): DialogueStep {
    return incomplete(`the connection was ${how} while ${this.#awaited()} was awaited`);
  }

  #awaited(): string {
    if (this.#loggedOutAt !== null) return `the end of the session after "${this.#model.logout}"`;
    const command = this.#commands[this.#typed - 1];
    return command === undefined ? 'the prompt' : `the answer to "${command}"`;
  }
}

function beginsAsItShould(text: string, { header }: ShellProof): boolean {
  return header === null || text.slice(0, text.indexOf('\n')).trimEnd() === header;
}
