import { assertNever } from '#kernel';
import type { Rule } from './rule.ts';
import type { WrittenRecurrence } from './recurrence.ts';
import { weekdayName, weekdays, type Weekday } from './weekday.ts';

const WORKDAYS = 'mon,tue,wed,thu,fri';
const ORDINALS = ['first', 'second', 'third', 'fourth', 'fifth'] as const;

/** A valid recurrence for people. */
export function inWords({ rule, zone }: Pick<WrittenRecurrence, 'rule' | 'zone'>): string {
  switch (rule.kind) {
    case 'once':
      return `once at ${rule.at}`;
    case 'every':
      return `every ${interval(rule)} from ${rule.anchor}`;
    case 'daily':
      return `every day at ${rule.at} ${zone}`;
    case 'weekly':
      return `every ${daysOfWeek(rule.weekdays)} at ${rule.at} ${zone}`;
    case 'monthly':
      return `${dayOfMonth(rule)} at ${rule.at} ${zone}`;
    case 'monthly-weekday': {
      const which = rule.nth === 'last' ? 'last' : ORDINALS[rule.nth - 1];
      return `on the ${which} ${weekdayName(rule.weekday)} of every month at ${rule.at} ${zone}`;
    }
    case 'cron':
      return `by cron "${rule.expression}" ${zone}`;
    default:
      return assertNever(rule);
  }
}

function interval({ count, unit }: Extract<Rule, { readonly kind: 'every' }>): string {
  return count === 1 ? unit.slice(0, -1) : `${count} ${unit}`;
}

function daysOfWeek(given: readonly Weekday[]): string {
  const fromMonday = (weekday: Weekday): number => (weekdays.indexOf(weekday) + 6) % 7;
  const days = [...new Set(given)].sort((one, other) => fromMonday(one) - fromMonday(other));
  if (days.length === 7) return 'day';
  if (days.join() === WORKDAYS) return 'weekday';
  const names = days.map(weekdayName);
  return names.length === 1 ? names[0]! : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}

function dayOfMonth({ day, shortMonths }: Extract<Rule, { readonly kind: 'monthly' }>): string {
  if (day === 'last') return 'on the last day of every month';
  if (day <= 28) return `on day ${day} of every month`;
  return shortMonths === 'skip'
    ? `on day ${day} of every month that has it`
    : `on day ${day} of every month, or its last day,`;
}
