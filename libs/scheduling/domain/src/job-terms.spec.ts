import { expect } from 'chai';
import { fc } from '#testing/properties';
import { expectErr, expectOk } from '#kernel/testing';
import { parseJobTerms } from './job-terms.ts';

const now = new Date('2026-01-01T00:00:00.000Z');
const backup = { type: 'backup.run', payload: { deviceId: 'r1' } };

describe('parseJobTerms', () => {
  it('gives everything that was left out its usual value, and makes the job due at once', () => {
    const terms = expectOk(parseJobTerms(backup, now));

    expect(terms).to.deep.equal({ ...backup, priority: 5, dueAt: now, maxAttempts: 3, timeoutMs: 600_000 });
  });

  it('keeps what was asked for', () => {
    const asked = { ...backup, priority: 9, dueAt: new Date('2026-02-01'), maxAttempts: 1, timeoutMs: 1_000 };

    const terms = expectOk(parseJobTerms(asked, now));

    expect(terms).to.deep.equal(asked);
  });

  const ranges = [
    { field: 'priority', from: 0, to: 9 },
    { field: 'maxAttempts', from: 1, to: 20 },
    { field: 'timeoutMs', from: 1_000, to: 86_400_000 },
  ] as const;

  for (const { field, from, to } of ranges) {
    it(`accepts a ${field} from ${from} to ${to}`, () => {
      fc.assert(
        fc.property(fc.integer({ min: from, max: to }), (value) => {
          expect(expectOk(parseJobTerms({ ...backup, [field]: value }, now))[field]).to.equal(value);
        }),
        { examples: [[from], [to]] },
      );
    });

    it(`refuses any other ${field}, and says which are possible`, () => {
      const others = fc.oneof(fc.integer({ max: from - 1 }), fc.integer({ min: to + 1 }), fc.constant(Number.NaN));

      fc.assert(
        fc.property(others, (value) => {
          const refusal = expectErr(parseJobTerms({ ...backup, [field]: value }, now));

          const problem = `must be a whole number from ${from} to ${to}`;
          expect(refusal).to.deep.equal({ kind: 'InvalidJob', field, problem });
        }),
        { examples: [[from - 1], [to + 1], [from + 0.5]] },
      );
    });
  }

  for (const dueAt of [new Date('never'), new Date('1969-12-31T23:59:59Z'), new Date(Date.UTC(10_000, 0))]) {
    it(`refuses a due time that no calendar of ours has: ${dueAt.getTime()}`, () => {
      const refusal = expectErr(parseJobTerms({ ...backup, dueAt }, now));

      expect(refusal.field).to.equal('dueAt');
    });
  }
});
