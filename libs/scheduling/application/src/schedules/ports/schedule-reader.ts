import type { ScheduleId, ScheduleSnapshot } from '#scheduling/domain';
import type { ScheduleView } from '../schedule-view.ts';

export type SchedulePage = {
  /** Only schedules in this state. */
  readonly state?: ScheduleSnapshot['state'];
  /** Only schedules that submit jobs of this type. */
  readonly jobType?: string;
  /** Only schedules whose name comes after this one. */
  readonly after?: string;
  readonly limit: number;
};

/**
 * The committed schedules, for looking at. `page` goes by name, character by character, and may follow a schedule that is gone
 * by now. Both reject with the signal's reason on abort.
 */
export abstract class ScheduleReader {
  abstract find(id: ScheduleId, signal: AbortSignal): Promise<ScheduleView | null>;
  abstract page(page: SchedulePage, signal: AbortSignal): Promise<readonly ScheduleView[]>;
}
