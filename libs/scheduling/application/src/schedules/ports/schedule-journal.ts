import type { JobRefused } from '#scheduling/contracts';
import type { PlanUnreadable, ScheduleId } from '#scheduling/domain';

type OfSchedule = { readonly scheduleId: ScheduleId; readonly name: string };

/** What the people who run a scheduler may want to know. */
export type ScheduleEvent =
  | ({ readonly kind: 'ScheduleRan'; readonly tick: Date; readonly jobId: string } & OfSchedule)
  /** The policy for missed ticks leaves out those from one on; up to the one that runs, if one does. */
  | ({ readonly kind: 'TicksMissed'; readonly from: Date; readonly until: Date } & OfSchedule)
  /** The tick stays due: its job is offered again. */
  | ({
      readonly kind: 'JobNotTaken';
      readonly tick: Date;
      readonly refusal: (JobRefused | PlanUnreadable)['kind'];
      readonly reason: string;
    } & OfSchedule);

/** Keeps what a scheduler tells. Never throws and never waits. */
export abstract class ScheduleJournal {
  abstract record(event: ScheduleEvent): void;
}
