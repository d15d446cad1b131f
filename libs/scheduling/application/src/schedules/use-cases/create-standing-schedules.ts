import type { Ids, Result } from '#kernel';
import type { StandingSchedule, StandingScheduleFacts } from '#scheduling/contracts';
import {
  parseScheduleDetails,
  Schedule,
  type InvalidRecurrence,
  type InvalidSchedule,
  type ScheduleNameTaken,
  type ScheduleText,
  type WrittenPlan,
} from '#scheduling/domain';
import type { SchedulesTransaction } from '../ports/schedules-transaction.ts';

type Created = Result<void, ScheduleNameTaken | InvalidSchedule | InvalidRecurrence>;

/** The names of those that were not there. */
export type CreatedStandingSchedules = { readonly created: readonly string[] };

/** Creates the schedules that the product itself needs, each that is not there under its name; the others stay as they are. */
export class CreateStandingSchedules {
  readonly #transaction: SchedulesTransaction;
  readonly #ids: Ids;
  readonly #standing: readonly StandingSchedule[];

  constructor(transaction: SchedulesTransaction, ids: Ids, standing: readonly StandingSchedule[]) {
    this.#transaction = transaction;
    this.#ids = ids;
    this.#standing = standing;
  }

  async execute({ signal }: { signal: AbortSignal }): Promise<CreatedStandingSchedules> {
    const created: string[] = [];
    for (const { facts } of this.#standing) {
      if (await this.#create(facts, signal)) created.push(facts.name);
    }
    return { created };
  }

  /** Whether it was not there. */
  async #create(facts: StandingScheduleFacts, signal: AbortSignal): Promise<boolean> {
    const id = this.#ids.next<'Schedule'>();
    const created = await this.#transaction.run(async ({ schedules }): Promise<Created> => {
      const now = await schedules.now();
      const details = parseScheduleDetails(textOf(facts, now));
      if (!details.ok) return details;
      const schedule = Schedule.create({ id, details: details.value }, now);
      return schedule.ok ? schedules.insert(schedule.value) : schedule;
    }, signal);
    if (created.ok) return true;
    if (created.error.kind === 'ScheduleNameTaken') return false;
    throw new Error(`The schedule "${facts.name}" cannot stand: its ${created.error.field} ${created.error.problem}.`);
  }
}

function textOf({ name, job, missed, recurrence }: StandingScheduleFacts, now: Date): ScheduleText {
  return { name, job, plan: { recurrence: written(recurrence, now), missed: { policy: missed }, jitterMs: 0 } };
}

/** What is repeated after a time is first due when that time has passed, however old the installation. */
function written(recurrence: StandingScheduleFacts['recurrence'], now: Date): WrittenPlan['recurrence'] {
  const rule = recurrence.kind === 'every' ? { ...recurrence, anchor: now.toISOString() } : recurrence;
  return { rule, zone: 'UTC', gap: 'end', overlap: 'first' };
}
