import { assertNever } from '#kernel';
import type { Logger } from '#platform/logging';
import type { ScheduleEvent, ScheduleJournal } from '#scheduling/application';

/** The scheduler's journal as lines of the log. Of a refusal its kind only: the sentence may quote what somebody wrote. */
export class LoggedScheduleJournal implements ScheduleJournal {
  readonly #logger: Logger;

  constructor(logger: Logger) {
    this.#logger = logger;
  }

  record(event: ScheduleEvent): void {
    const fields = { scheduleId: event.scheduleId, scheduleName: event.name, code: event.kind };
    switch (event.kind) {
      case 'ScheduleRan':
        return this.#logger.info('A schedule has submitted a job.', {
          ...fields,
          tick: event.tick,
          jobId: event.jobId,
        });
      case 'TicksMissed': {
        const missed = { tickFrom: event.from, tickUntil: event.until };
        return this.#logger.warn('A schedule was late, and leaves out what its policy says.', { ...fields, ...missed });
      }
      case 'JobNotTaken': {
        const refused = { tick: event.tick, reason: event.refusal };
        return this.#logger.warn('The job of a schedule was not taken; it is offered again.', {
          ...fields,
          ...refused,
        });
      }
      default:
        return assertNever(event);
    }
  }
}
