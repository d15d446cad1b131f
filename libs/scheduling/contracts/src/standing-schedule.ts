import type { JobRequest } from './jobs.ts';

/** So often, counted from when the schedule was created; or each day at a time such as 02:30, in UTC. */
export type StandingRecurrence =
  | { readonly kind: 'every'; readonly count: number; readonly unit: 'minutes' | 'hours' }
  | { readonly kind: 'daily'; readonly at: string };

export type StandingScheduleFacts = {
  readonly name: string;
  readonly recurrence: StandingRecurrence;
  /** Of times that came by while no worker ran: nothing is made up for, or one job is for all of them. */
  readonly missed: 'skip' | 'once';
  readonly job: Omit<JobRequest, 'dueAt' | 'idempotencyKey'>;
};

/**
 * A schedule that the product itself needs: bound in the worker by the context whose job it is.
 *
 * It is created when a worker starts and there is no schedule of its name. From then on it is people's like any other: they
 * change it, and pause it if they do not want it. One that they remove or rename is there again when the next worker starts.
 */
export class StandingSchedule {
  readonly facts: StandingScheduleFacts;

  constructor(facts: StandingScheduleFacts) {
    this.facts = facts;
  }
}
