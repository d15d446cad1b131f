import { expectOk } from '#kernel/testing';
import { fc } from '#testing/properties';
import { expect } from 'chai';
import { Cron } from 'croner';
import { arbitraryCron } from '../testing/arbitrary-rule.ts';
import { Recurrence } from './recurrence.ts';

/**
 * croner has one way for changes of the clocks: an expression of one minute and one hour happens at the end of a gap and in the
 * first of two hours, any other is left out in a gap and happens in both hours. It takes a day field such as `*` with a step
 * for a restricted one, which Vixie cron does not: then either day field decides where ours asks for both. And its range from
 * Sunday to Sunday is a week.
 */
const isOneTime = (expression: string): boolean => /^\d+ \d+ /.test(expression);
const isAmbiguous = (expression: string): boolean => {
  const [, , day, , weekday] = expression.split(' ');
  if (/sun-sun/i.test(expression)) return true;
  return [day, weekday].some((field) => field?.startsWith('*/')) && day !== '*' && weekday !== '*';
};

const ZONES = ['UTC', 'America/New_York', 'Asia/Kolkata', 'Australia/Sydney', 'Europe/Berlin'] as const;

describe('A cron expression, beside croner,', () => {
  it('means the same times where the policies are the same', () => {
    const expressions = arbitraryCron.map(({ rule }) => (rule.kind === 'cron' ? rule.expression : ''));
    const comparable = expressions.filter((expression) => !isAmbiguous(expression));
    const instants = fc.integer({ min: Date.UTC(2000) / 1_000, max: Date.UTC(2036) / 1_000 });
    const property = fc.property(comparable, fc.constantFrom(...ZONES), instants, (expression, zone, seconds) => {
      const [gap, overlap] = isOneTime(expression) ? (['end', 'first'] as const) : (['skip', 'both'] as const);
      const parsed = Recurrence.parse({ rule: { kind: 'cron', expression }, zone, gap, overlap });
      if (!parsed.ok) return;
      const after = new Date(seconds * 1_000);

      const times = parsed.value.nextTimes({ after, count: 3 });

      const theirs = new Cron(expression, { timezone: zone }).nextRuns(3, after);
      // It gives up sooner where years lie between two times.
      expect(times.slice(0, theirs.length)).to.deep.equal(theirs);
    });

    fc.assert(property, { numRuns: 500 });
  });

  it('differs for a day of the month with a star and a step beside a day of the week', () => {
    const written = { zone: 'UTC', gap: 'skip', overlap: 'both' } as const;
    const rule = { kind: 'cron', expression: '0 0 */2 * mon' } as const;
    const after = new Date('2026-01-01T00:00:00Z');

    const [ours] = expectOk(Recurrence.parse({ ...written, rule })).nextTimes({ after, count: 1 });
    const [theirs] = new Cron(rule.expression, { timezone: 'UTC' }).nextRuns(1, after);

    expect([ours, theirs]).to.deep.equal([new Date('2026-01-05T00:00:00Z'), new Date('2026-01-03T00:00:00Z')]);
  });
});
