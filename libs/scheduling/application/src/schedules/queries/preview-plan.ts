import { ok, type Clock, type Result } from '#kernel';
import { SchedulePlan, type InvalidRecurrence, type InvalidSchedule, type WrittenPlan } from '#scheduling/domain';

/** The first `count` ticks of a plan that nobody has saved; after now when no other time is given. */
export type PreviewPlanQuery = { readonly plan: WrittenPlan; readonly count: number; readonly after?: Date };
export type PreviewedPlan = { readonly inWords: string; readonly times: readonly Date[] };

export class PreviewPlan {
  readonly #clock: Clock;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  execute({
    plan: written,
    count,
    after = this.#clock.now(),
  }: PreviewPlanQuery): Result<PreviewedPlan, InvalidRecurrence | InvalidSchedule> {
    const plan = SchedulePlan.parse(written);
    if (!plan.ok) return plan;
    return ok({ inWords: plan.value.inWords(), times: plan.value.nextTimes({ after, count }) });
  }
}
