export const weekdays = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] as const;

/** In the order of `Date`, which begins with Sunday. */
export type Weekday = (typeof weekdays)[number];

const NAMES = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'] as const;

export function weekdayName(weekday: Weekday): string {
  return NAMES[weekdays.indexOf(weekday)]!;
}
