import type { Deadline } from '#kernel';
import { ManualClock } from '#kernel/testing';

/** Every sleep and deadline asks for a turn, in which time goes on to the next that is due. */
export class ClockInTurns extends ManualClock {
  readonly #ask: (turn: () => Promise<void>) => void;

  constructor(ask: (turn: () => Promise<void>) => void) {
    super();
    this.#ask = ask;
  }

  override sleep(milliseconds: number, signal?: AbortSignal): Promise<void> {
    const slept = super.sleep(milliseconds, signal);
    this.#askForTurn();
    return slept;
  }

  override deadline(milliseconds: number, parent?: AbortSignal): Deadline {
    const deadline = super.deadline(milliseconds, parent);
    this.#askForTurn();
    return deadline;
  }

  #askForTurn(): void {
    this.#ask(() => this.advance(this.nextIn ?? 0));
  }
}
