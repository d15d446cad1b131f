import { expectErr, expectOk } from '#kernel/testing';
import { fc } from '#testing/properties';
import { expect } from 'chai';
import type { VersionId } from '../version.ts';
import { RetentionPolicy, type RetentionRules } from './retention-policy.ts';

const NOW = new Date('2026-03-15T12:00:00.000Z');
const only = (rules: Partial<RetentionRules>): RetentionRules => ({
  keepLast: 1,
  keepDays: 0,
  keepDaily: 0,
  keepWeekly: 0,
  keepMonthly: 0,
  ...rules,
});

/** What is kept of versions that were collected at these times. */
function kept(rules: Partial<RetentionRules>, ...times: readonly string[]): readonly string[] {
  const history = times.map((time) => ({ id: time as VersionId, collectedAt: new Date(`${time}Z`) }));
  const expired = expectOk(RetentionPolicy.parse(only(rules))).expired(history, NOW);
  return times.filter((time) => !expired.includes(time as VersionId));
}

describe('RetentionPolicy', () => {
  it('keeps the newest, however old it is', () => {
    expect(kept({}, '2001-01-01T00:00', '2000-01-01T00:00')).to.deep.equal(['2001-01-01T00:00']);
  });

  it('keeps so many of the newest', () => {
    const times = ['2026-03-03T00:00', '2026-03-02T00:00', '2026-03-01T00:00'];

    expect(kept({ keepLast: 2 }, ...times)).to.deep.equal(times.slice(0, 2));
    expect(kept({ keepLast: 9 }, ...times)).to.deep.equal(times);
  });

  it('keeps all of the last days', () => {
    const [within, ...older] = ['2026-03-13T12:00', '2026-03-13T11:59', '2026-01-01T00:00'];

    expect(kept({ keepDays: 2 }, '2026-03-14T00:00', within!, ...older)).to.deep.equal(['2026-03-14T00:00', within]);
  });

  it('keeps the newest of each of so many days that have any', () => {
    const times = ['2026-03-10T23:59', '2026-03-10T00:00', '2026-03-02T08:00', '2026-03-02T07:00', '2026-03-01T07:00'];

    expect(kept({ keepDaily: 2 }, ...times)).to.deep.equal(['2026-03-10T23:59', '2026-03-02T08:00']);
  });

  it('begins a week on Monday', () => {
    const [monday, sunday, saturday] = ['2026-03-09T00:00', '2026-03-08T23:59', '2026-03-07T00:00'];

    expect(kept({ keepWeekly: 9 }, monday!, sunday!, saturday!)).to.deep.equal([monday, sunday]);
  });

  it('keeps the newest of each month, also of the same month of another year', () => {
    const times = ['2026-03-09T00:00', '2026-03-01T00:00', '2026-02-28T23:59', '2025-03-01T00:00'];

    expect(kept({ keepMonthly: 3 }, ...times)).to.deep.equal([times[0], times[2], times[3]]);
  });

  for (const [rule, value] of [
    ['keepLast', 0],
    ['keepDays', -1],
    ['keepDaily', 1.5],
    ['keepMonthly', 100_001],
  ] as const) {
    it(`refuses ${rule} of ${value}`, () => {
      expect(expectErr(RetentionPolicy.parse(only({ [rule]: value })))).to.include({ kind: 'InvalidRetention', rule });
    });
  }

  it('keeps what one of its rules keeps alone, and removes nothing more the second time', () => {
    const rules = fc.record({
      keepLast: fc.integer({ min: 1, max: 4 }),
      keepDays: fc.integer({ min: 0, max: 30 }),
      keepDaily: fc.integer({ min: 0, max: 5 }),
      keepWeekly: fc.integer({ min: 0, max: 5 }),
      keepMonthly: fc.integer({ min: 0, max: 5 }),
    });
    const ages = fc.array(fc.integer({ min: 0, max: 500 * 24 }), { maxLength: 40 });

    fc.assert(
      fc.property(rules, ages, (all, hours) => {
        const history = hours
          .toSorted((a, b) => a - b)
          .map((age, n) => ({ id: `v${n}` as VersionId, collectedAt: new Date(NOW.getTime() - age * 3_600_000) }));
        const keptBy = (some: RetentionRules) => {
          const expired = new Set(expectOk(RetentionPolicy.parse(some)).expired(history, NOW));
          return history.filter(({ id }) => !expired.has(id));
        };
        const left = keptBy(all);

        const alone = Object.entries(all).flatMap(([rule, value]) => keptBy(only({ [rule]: value })));
        expect(new Set(left)).to.deep.equal(new Set(alone));
        expect(expectOk(RetentionPolicy.parse(all)).expired(left, NOW)).to.deep.equal([]);
        expect(left[0]).to.equal(history[0]);
      }),
    );
  });
});
