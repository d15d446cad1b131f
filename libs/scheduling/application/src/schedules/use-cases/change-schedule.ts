import { err, ok, type Result } from '#kernel';
import {
  parseScheduleDetails,
  type InvalidRecurrence,
  type InvalidSchedule,
  type ScheduleId,
  type ScheduleNameTaken,
  type ScheduleNotFound,
  type ScheduleText,
  type StaleSchedule,
} from '#scheduling/domain';
import type { JobAdmission } from '../../job-admission.ts';
import type { SchedulesTransaction } from '../ports/schedules-transaction.ts';
import { examinedTemplate, refusedTemplate, type JobTemplateRefused } from '../refused-template.ts';
import { viewOf, type ScheduleView } from '../schedule-view.ts';

/** Changes what is given and leaves the rest. `basedOn` is the version that the person who changes it was looking at. */
export type ChangeScheduleCommand = {
  readonly id: ScheduleId;
  readonly basedOn: number;
  readonly changes: Partial<ScheduleText>;
};
export type ChangeScheduleError =
  ScheduleNotFound | InvalidSchedule | InvalidRecurrence | JobTemplateRefused | StaleSchedule | ScheduleNameTaken;

export class ChangeSchedule {
  readonly #transaction: SchedulesTransaction;
  readonly #admission: JobAdmission;

  constructor(transaction: SchedulesTransaction, admission: JobAdmission) {
    this.#transaction = transaction;
    this.#admission = admission;
  }

  async execute(
    { id, basedOn, changes }: ChangeScheduleCommand,
    { signal }: { signal: AbortSignal },
  ): Promise<Result<ScheduleView, ChangeScheduleError>> {
    const unwanted = changes.job && (await examinedTemplate(this.#admission, { job: changes.job, signal }));
    if (unwanted) return err(unwanted);

    return this.#transaction.run(async ({ schedules }): Promise<Result<ScheduleView, ChangeScheduleError>> => {
      const schedule = await schedules.find(id);
      if (schedule === null) return err({ kind: 'ScheduleNotFound', scheduleId: id });

      const details = parseScheduleDetails({ ...schedule.snapshot(), ...changes });
      if (!details.ok) return details;
      const refused = refusedTemplate(this.#admission, details.value.job);
      if (refused !== null) return err(refused);

      const changed = schedule.change({ basedOn, details: details.value }, await schedules.now());
      if (!changed.ok) return changed;
      if (schedule.snapshot().version === basedOn) return ok(viewOf(schedule));

      const updated = await schedules.update(schedule);
      return updated.ok ? ok(viewOf(schedule)) : updated;
    }, signal);
  }
}
