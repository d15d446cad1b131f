import { isFromTerminal, partsOf, promptOf, type AnswerParts } from '../recording/answer-parts.ts';
import type { Exchange, Recording } from '../recording/recording.ts';
import type { Personality } from './personality.ts';

/** What the device says to one command. */
export type Answer = AnswerParts & { readonly status: number; readonly endsSession: boolean };

const LOGOUT = /^(?:exit|quit|logout)$/;

/** One visitor's way through a recording. */
export class Playback {
  readonly prompt: string;
  readonly #recording: Recording;
  readonly #personality: Personality;
  readonly #fromTerminal: boolean;
  #latestPrompt: string;
  #next = 0;

  constructor(recording: Recording, personality: Personality) {
    this.prompt = this.#latestPrompt = promptOf(recording) || personality.prompt;
    this.#recording = recording;
    this.#personality = personality;
    this.#fromTerminal = isFromTerminal(recording);
  }

  answerTo(command: string, over: 'shell' | 'exec'): Answer {
    const exchange = this.#find(command.trim());
    const leaves = LOGOUT.test(command.trim());
    const parts = exchange === null ? this.#unrecorded(command, over, leaves) : this.#recorded(exchange, over, leaves);
    this.#latestPrompt = parts.prompt || this.#latestPrompt;
    const status = exchange === null && !leaves ? this.#personality.unknownStatus : 0;
    // Where a prompt follows, the command has only left a mode of the device.
    return { ...parts, status, endsSession: leaves && parts.prompt === '' };
  }

  // A command that occurs twice is answered in the order of the recording, and from the beginning after its last one.
  #find(command: string): Exchange | null {
    const { exchanges } = this.#recording;
    const isIt = ({ typed }: Exchange): boolean => typed.trim() === command;
    const later = exchanges.findIndex((exchange, at) => at >= this.#next && isIt(exchange));
    const found = later < 0 ? exchanges.findIndex(isIt) : later;
    if (found >= 0) this.#next = found + 1;
    return exchanges[found] ?? null;
  }

  #recorded(exchange: Exchange, over: 'shell' | 'exec', leaves: boolean): AnswerParts {
    if (this.#fromTerminal) return partsOf(exchange);
    const { typed, answer } = exchange;
    const body = over === 'exec' || answer === '' || answer.endsWith('\n') ? answer : `${answer}\n`;
    return { echo: `${typed}\n`, body, prompt: leaves ? '' : this.prompt };
  }

  #unrecorded(command: string, over: 'shell' | 'exec', leaves: boolean): AnswerParts {
    const echo = `${command}\n`;
    if (leaves) return { echo, body: '', prompt: '' };
    const body = command.trim() === '' ? '' : this.#personality.unknownCommand(command, over);
    return { echo, body, prompt: this.#latestPrompt };
  }
}
