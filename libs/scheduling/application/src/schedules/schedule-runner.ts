import { Rounds, type RoundsParts } from '../worker/rounds.ts';
import type { FireDueSchedules } from './use-cases/fire-due-schedules.ts';

export type ScheduleRunnerSettings = {
  /** The pause between two looks at what is due. */
  readonly pollMs: number;
  /** How many ticks one look deals with. */
  readonly ticksPerRound: number;
};

export const usualScheduleRunnerSettings: ScheduleRunnerSettings = { pollMs: 1_000, ticksPerRound: 50 };

/** Runs schedules when they are due. Any number of them may do so over the same schedules. */
export class ScheduleRunner {
  readonly #fire: FireDueSchedules;
  readonly #rounds: Rounds;
  readonly #settings: ScheduleRunnerSettings;

  constructor(fire: FireDueSchedules, parts: RoundsParts, settings = usualScheduleRunnerSettings) {
    this.#fire = fire;
    this.#rounds = new Rounds(parts);
    this.#settings = settings;
  }

  /** Until `stop` aborts, whatever the database does meanwhile. A round under way is ended first. Never rejects. */
  async run(stop: AbortSignal): Promise<void> {
    const { pollMs, ticksPerRound: limit } = this.#settings;
    await this.#rounds.repeat('run schedules', stop, async () => {
      const { ticks } = await this.#rounds.ask((signal) => this.#fire.execute({ limit }, { signal }));
      return ticks < limit ? pollMs : 0;
    });
  }
}
