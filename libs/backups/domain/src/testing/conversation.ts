import { personalityOf, RecordedExec, RecordedShell, type NamedRecording } from '#device-simulator/testing';
import type { Dialogue, DialogueEvent, DialogueStep } from '../dialogue/dialogue.ts';
import { dialogueWith } from '../dialogue/dialogue-with.ts';
import { modelNamed } from '../models/device-models.ts';
import type { DeviceModel } from '../models/device-model.ts';

/** What the device sends at once: the answer to one input, and what follows it. */
export type Burst = { readonly text: string; readonly after: readonly DialogueEvent[] };
export type Heard = DialogueEvent | { readonly kind: 'begin' };

const LIMIT_BYTES = 1 << 20;
const ORDERLY_CLOSE: DialogueEvent = { kind: 'closed', how: 'orderly' };

/** A device that answers from a recording at once and without a connection. */
export class SpokenDevice {
  readonly model: DeviceModel;
  readonly #newShell: () => RecordedShell;
  readonly #newExec: () => RecordedExec;

  constructor({ model, recording }: NamedRecording, pagerLines: number | null = null) {
    const found = modelNamed(model);
    if (found === null) throw new Error(`There is no model "${model}".`);
    this.model = found;
    const personality = personalityOf(model);
    const pager = pagerLines === null ? null : { lines: pagerLines };
    this.#newShell = () => new RecordedShell(recording, personality, pager);
    this.#newExec = () => new RecordedExec(recording, personality);
  }

  /** How the device answers to the steps of one session: at first a terminal greets, and a silent channel waits. */
  session(): { greeting: string; respond: (step: DialogueStep) => Burst } {
    const shell = this.#newShell();
    const exec = this.#newExec();
    const respond = (step: DialogueStep): Burst => {
      if (step.kind === 'send') {
        const { text, closes } = shell.type(step.text);
        return { text, after: closes ? [ORDERLY_CLOSE] : [] };
      }
      if (step.kind !== 'run') return { text: '', after: [] };
      const { text, status } = exec.run(step.command);
      return { text, after: [{ kind: 'exitStatus', status }, { kind: 'endOfFile' }, ORDERLY_CLOSE] };
    };
    return { greeting: this.model.mode === 'shell' ? shell.greeting() : '', respond };
  }
}

/** Cuts a text into the pieces in which it arrives. */
export type Cutting = (text: string) => readonly string[];

/**
 * Lets a dialogue talk to a device until one of them has nothing more to say; then the dialogue hears silence, or the
 * quiet that it asked for.
 *
 * `cutAt` ends the connection after that many characters, in the way that `end` says. `echoesAhead` is what a terminal
 * does with what is typed while the device is busy: it shows it at once, and the device shows it again in its turn.
 */
export function converse(
  device: SpokenDevice,
  {
    cutting = (text) => [text],
    cutAt = Number.POSITIVE_INFINITY,
    end = { kind: 'closed', how: 'lost' },
    echoesAhead = false,
  }: { cutting?: Cutting; cutAt?: number; end?: DialogueEvent; echoesAhead?: boolean } = {},
): DialogueStep {
  const dialogue: Dialogue = dialogueWith(device.model, LIMIT_BYTES);
  const { greeting, respond } = device.session();
  let left = cutAt;
  let step = dialogue.begin();
  const onItsWay: DialogueEvent[] = [];
  const send = ({ text, after }: Burst): void => {
    const arrives = text.slice(0, left);
    for (const piece of arrives === '' ? [] : cutting(arrives))
      onItsWay.push({ kind: 'text', text: piece, bytes: piece.length });
    onItsWay.push(...(text.length > left || left === 0 ? [end] : after));
    left -= arrives.length;
  };

  send({ text: greeting, after: [] });
  send(respond(step));
  while (step.kind !== 'done' && step.kind !== 'failed') {
    step = dialogue.after(onItsWay.shift() ?? { kind: step.kind === 'pause' ? 'quiet' : 'silence' });
    if (step.kind === 'send' && echoesAhead && onItsWay[0]?.kind === 'text') onItsWay.unshift(echoOf(step.text));
    if (step.kind === 'send' || step.kind === 'run') send(respond(step));
  }
  return step;
}

function echoOf(typed: string): DialogueEvent {
  const text = typed.replaceAll('\n', '\r\n');
  return { kind: 'text', text, bytes: text.length };
}

/** All the text that the device sends in a whole session. */
export function transcriptLength(device: SpokenDevice): number {
  let length = 0;
  converse(device, {
    cutting: (text) => {
      length += text.length;
      return [text];
    },
  });
  return length;
}
