import { expectOk } from '#kernel/testing';
import { fc } from '#testing/properties';
import { expect } from 'chai';
import { arbitraryRule, type MeantRule } from '../testing/arbitrary-rule.ts';
import { askOracle, changesOf, instantsBetween } from '../testing/calendar-oracle.ts';
import { ORACLE_CASES } from '../testing/oracle-cases.ts';
import { ORACLE_ZONES } from '../testing/oracle-zones.ts';
import { Recurrence, type WrittenRecurrence } from './recurrence.ts';
import { gapPolicies, overlapPolicies } from './zoned-calendar.ts';

const HORIZON_DAYS = 62;

const HOUR = 3_600_000;
const [FROM, TO] = [Date.UTC(2000), Date.UTC(2036)];

type Case = MeantRule & Omit<WrittenRecurrence, 'rule'> & { readonly after: number };

function expectAgreement({ rule, calendar, zone, gap, overlap, after }: Case): void {
  const truth = askOracle({ calendar, zone, gap, overlap, after, days: HORIZON_DAYS });
  const parsed = Recurrence.parse({ rule, zone, gap, overlap });
  if (!parsed.ok) {
    // Only what never happens may be refused: the oracle must not know better.
    expect([parsed.error.problem.includes('never happens'), truth]).to.deep.equal([true, 'beyond']);
    return;
  }
  const next = parsed.value.next(new Date(after));
  const isBeyond = next === null || next.getTime() > after + (HORIZON_DAYS - 3) * 24 * HOUR;
  if (truth === 'beyond') expect(isBeyond).to.equal(true);
  else expect(next?.toISOString()).to.equal(new Date(truth).toISOString());
}

const policies = { gap: fc.constantFrom(...gapPolicies), overlap: fc.constantFrom(...overlapPolicies) };

/** Every half hour: the shortest change of a clock is as long as that. */
const halfHours = {
  rule: { kind: 'cron', expression: '0,30 * * * *' },
  calendar: { isDay: () => true, hours: Array.from({ length: 24 }, (_, hour) => hour), minutes: [0, 30] },
} as const;

describe('Recurrence, beside a calendar that tries every day,', () => {
  it(`finds the same next time in ${ORACLE_CASES} cases, at any time and around changes of the clocks`, function () {
    this.timeout(0);
    const anywhere = fc.integer({ min: FROM, max: TO });
    const place = fc.constantFrom(...ORACLE_ZONES).chain((zone) => {
      const known = changesOf(zone).map(({ at }) => at);
      const nearChange = fc
        .tuple(fc.constantFrom(...(known.length > 0 ? known : [FROM])), fc.integer({ min: -50 * HOUR, max: 3 * HOUR }))
        .map(([change, distance]) => change + distance);
      return fc.record({ zone: fc.constant(zone), after: fc.oneof({ weight: 3, arbitrary: nearChange }, anywhere) });
    });
    const property = fc.property(arbitraryRule, place, fc.record(policies), (meant, place, policies) =>
      expectAgreement({ ...meant, ...place, ...policies }),
    );

    fc.assert(property, { numRuns: ORACLE_CASES });
  });

  for (const zone of ORACLE_ZONES) {
    it(`finds the same times around every change of the clocks in ${zone}, by every policy`, () => {
      for (const { at, before, after } of changesOf(zone)) {
        const reach = Math.abs(after - before) + HOUR;
        for (const policy of after > before ? gapPolicies : overlapPolicies) {
          const by = { zone, gap: policyIn(gapPolicies, policy), overlap: policyIn(overlapPolicies, policy) };
          const truth = instantsBetween({ ...by, calendar: halfHours.calendar }, { from: at - reach, to: at + reach });
          const recurrence = expectOk(Recurrence.parse({ ...by, rule: halfHours.rule }));

          const times = recurrence.nextTimes({ after: new Date(at - reach - 1), count: truth.length + 1 });

          expect(times.slice(0, -1).map(Number)).to.deep.equal(truth);
          expect(Number(times.at(-1))).to.be.at.least(at + reach);
        }
      }
    });
  }
});

/** The policy if it is one of these; else the first of them, which does not matter at a change of the other kind. */
function policyIn<Policy extends string>(policies: readonly Policy[], policy: string): Policy {
  return policies.find((one) => one === policy) ?? policies[0]!;
}
