import { assertNever } from '#kernel';
import type { ExecModel } from '../models/device-model.ts';
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
import { Transcript } from './transcript.ts';

/** The conversation with a device that runs each command in a channel of its own: no prompt, no echo, no pager. */
export class ExecDialogue implements Dialogue {
  readonly #model: ExecModel;
  readonly #limitBytes: number;
  readonly #sections: string[] = [];
  #received = 0;
  #channel = newChannel();

  constructor(model: ExecModel, limitBytes: number) {
    this.#model = model;
    this.#limitBytes = limitBytes;
  }

  begin(): DialogueStep {
    return { kind: 'run', command: this.#command };
  }

  after(event: DialogueEvent): DialogueStep {
    switch (event.kind) {
      case 'text':
        this.#received += event.bytes;
        if (this.#received > this.#limitBytes) return failed({ kind: 'AnswerTooLong', limitBytes: this.#limitBytes });
        this.#channel.transcript.accept(event.text);
        return LISTEN;
      case 'exitStatus':
        this.#channel.status = event.status;
        return LISTEN;
      case 'endOfFile':
        this.#channel.endOfFile = true;
        return LISTEN;
      case 'quiet':
        return LISTEN;
      case 'silence':
        return failed({ kind: 'DeviceStalled', waitingFor: `the answer to "${this.#command}"` });
      case 'closed':
        return event.how === 'orderly' ? this.#verdict() : this.#cut('the connection was lost');
      default:
        return assertNever(event);
    }
  }

  get #command(): string {
    return this.#model.commands[this.#sections.length] ?? '';
  }

  // An exit status alone says little: it may come before all of the text.
  #verdict(): DialogueStep {
    const { transcript, status, endOfFile } = this.#channel;
    const lines = [...transcript.lines, transcript.tail];
    const rejection = rejectionIn(lines.slice(0, LINES_OF_A_REJECTION), this.#model);
    if (rejection !== null) return this.#rejected(rejection);
    if (status === null) return this.#cut('the channel was closed without an exit status');
    if (!endOfFile) return this.#cut('the channel was closed without an end of file');
    if (status !== 0) return this.#rejected(`exit status ${status}`);
    if (transcript.isGarbled(0, lines.length)) return garbled('it holds characters that no configuration has');
    const text = textOf(lines);
    const flaw = this.#model.proof.form?.flaw(text) ?? null;
    return flaw === null ? this.#next(text) : incomplete(`the answer to "${this.#command}" ${flaw}`);
  }

  #next(text: string): DialogueStep {
    const { commands, heading } = this.#model;
    this.#sections.push(heading === null ? text : `${heading(this.#command)}\n${text}`);
    this.#channel = newChannel();
    if (this.#sections.length < commands.length) return { kind: 'run', command: this.#command };
    return { kind: 'done', configuration: { text: this.#sections.join('\n') } };
  }

  #rejected(answer: string): DialogueStep {
    return failed({ kind: 'CommandRejected', command: this.#command, answer });
  }

  #cut(how: string): DialogueStep {
    return incomplete(`${how} before the answer to "${this.#command}" was over`);
  }
}

type Channel = { readonly transcript: Transcript; status: number | null; endOfFile: boolean };

function newChannel(): Channel {
  return { transcript: new Transcript(), status: null, endOfFile: false };
}
