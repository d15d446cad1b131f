import type { ScheduleId } from './schedule-snapshot.ts';

/** `problem` completes "the field …", and says what is allowed. */
export type InvalidSchedule = { readonly kind: 'InvalidSchedule'; readonly field: string; readonly problem: string };
/** The plan was read before, and cannot be any more, such as one in a time zone that this runtime does not know. */
export type PlanUnreadable = { readonly kind: 'PlanUnreadable'; readonly problem: string };
export type ScheduleNameTaken = { readonly kind: 'ScheduleNameTaken'; readonly name: string };
export type ScheduleNotFound = { readonly kind: 'ScheduleNotFound'; readonly scheduleId: ScheduleId };

/** The schedule has changed since `version`, on which the refused change was based. */
export type StaleSchedule = {
  readonly kind: 'StaleSchedule';
  readonly scheduleId: ScheduleId;
  readonly version: number;
};
