import { err, ok, type Ids, type Result } from '#kernel';
import {
  parseScheduleDetails,
  Schedule,
  type InvalidRecurrence,
  type InvalidSchedule,
  type ScheduleNameTaken,
  type ScheduleText,
} from '#scheduling/domain';
import type { JobAdmission } from '../../job-admission.ts';
import type { SchedulesTransaction } from '../ports/schedules-transaction.ts';
import { examinedTemplate, type JobTemplateRefused } from '../refused-template.ts';
import { viewOf, type ScheduleView } from '../schedule-view.ts';

export type CreateScheduleCommand = ScheduleText;
export type CreateScheduleError = InvalidSchedule | InvalidRecurrence | JobTemplateRefused | ScheduleNameTaken;

/** Creates a schedule that is active from now on. */
export class CreateSchedule {
  readonly #transaction: SchedulesTransaction;
  readonly #admission: JobAdmission;
  readonly #ids: Ids;

  constructor(transaction: SchedulesTransaction, admission: JobAdmission, ids: Ids) {
    this.#transaction = transaction;
    this.#admission = admission;
    this.#ids = ids;
  }

  async execute(
    command: CreateScheduleCommand,
    { signal }: { signal: AbortSignal },
  ): Promise<Result<ScheduleView, CreateScheduleError>> {
    const id = this.#ids.next<'Schedule'>();
    const details = parseScheduleDetails(command);
    if (!details.ok) return details;
    const refused = await examinedTemplate(this.#admission, { job: command.job, signal });
    if (refused !== null) return err(refused);

    return this.#transaction.run(async ({ schedules }): Promise<Result<ScheduleView, CreateScheduleError>> => {
      const created = Schedule.create({ id, details: details.value }, await schedules.now());
      if (!created.ok) return created;
      const inserted = await schedules.insert(created.value);
      return inserted.ok ? ok(viewOf(created.value)) : inserted;
    }, signal);
  }
}
