import type { Recording } from '../recording/recording.ts';
import type { Personality } from './personality.ts';
import { Playback } from './playback.ts';

export type ExecAnswer = { readonly text: string; readonly status: number };

/** A device that runs one command per channel: no echo, no prompt, also where the recording shows a terminal. */
export class RecordedExec {
  readonly #playback: Playback;

  constructor(recording: Recording, personality: Personality) {
    this.#playback = new Playback(recording, personality);
  }

  run(command: string): ExecAnswer {
    const { body, status } = this.#playback.answerTo(command, 'exec');
    return { text: body, status };
  }
}
