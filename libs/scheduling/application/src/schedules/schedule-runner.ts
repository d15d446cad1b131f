import { Rounds, type RoundsParts } from '../worker/rounds.ts';
import type { CreateStandingSchedules } from './use-cases/create-standing-schedules.ts';
import type { FireDueSchedules } from './use-cases/fire-due-schedules.ts';

export type ScheduleRunnerSettings = {
  /** The pause between two looks at what is due. */
  readonly pollMs: number;
  /** How many ticks one look deals with. */
  readonly ticksPerRound: number;
};

export const usualScheduleRunnerSettings: ScheduleRunnerSettings = { pollMs: 1_000, ticksPerRound: 50 };

export type ScheduleRunnerDuties = { readonly create: CreateStandingSchedules; readonly fire: FireDueSchedules };

/** Runs schedules when they are due, after it has created those that stand. Any number of them may do so over the same schedules. */
export class ScheduleRunner {
  readonly #duties: ScheduleRunnerDuties;
  readonly #rounds: Rounds;
  readonly #settings: ScheduleRunnerSettings;

  constructor(duties: ScheduleRunnerDuties, parts: RoundsParts, settings = usualScheduleRunnerSettings) {
    this.#duties = duties;
    this.#rounds = new Rounds(parts);
    this.#settings = settings;
  }

  /** Until `stop` aborts, whatever the database does meanwhile. A round under way is ended first. Never rejects. */
  async run(stop: AbortSignal): Promise<void> {
    const { create, fire } = this.#duties;
    const { pollMs, ticksPerRound: limit } = this.#settings;
    let isPrepared = false;
    await this.#rounds.repeat('run schedules', stop, async () => {
      if (!isPrepared) await this.#rounds.ask((signal) => create.execute({ signal }));
      isPrepared = true;
      const { ticks } = await this.#rounds.ask((signal) => fire.execute({ limit }, { signal }));
      return ticks < limit ? pollMs : 0;
    });
  }
}
