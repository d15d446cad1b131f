import { expect } from 'chai';
import { fc } from '#testing/properties';
import { expectErr, expectOk } from '#kernel/testing';
import { parseJobTerms } from './job-terms.ts';

const now = new Date('2026-01-01T00:00:00.000Z');
const noLimits = { queueTimeoutMs: null, deadlineMs: null, heartbeatTimeoutMs: null, idempotencyKey: null };
const backup = { type: 'backup.run', payload: { deviceId: 'r1' } };

describe('parseJobTerms', () => {
  it('gives everything that was left out its usual value, and makes the job due at once', () => {
    const terms = expectOk(parseJobTerms(backup, now));

    const usual = { priority: 5, dueAt: now, maxAttempts: 3, timeoutMs: 600_000 };
    expect(terms).to.deep.equal({ ...backup, ...usual, ...noLimits });
  });

  it('keeps what was asked for', () => {
    const limits = { queueTimeoutMs: 1_000, deadlineMs: 2_000, heartbeatTimeoutMs: 3_000, idempotencyKey: 'once' };
    const numbers = { priority: 9, dueAt: new Date('2026-02-01'), maxAttempts: 1, timeoutMs: 1_000 };
    const asked = { ...backup, ...numbers, ...limits };

    const terms = expectOk(parseJobTerms(asked, now));

    expect(terms).to.deep.equal(asked);
  });

  const ranges = [
    { field: 'priority', from: 0, to: 9 },
    { field: 'maxAttempts', from: 1, to: 20 },
    { field: 'timeoutMs', from: 1_000, to: 86_400_000 },
    { field: 'queueTimeoutMs', from: 1_000, to: 604_800_000 },
    { field: 'deadlineMs', from: 1_000, to: 604_800_000 },
    { field: 'heartbeatTimeoutMs', from: 1_000, to: 86_400_000 },
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

  for (const idempotencyKey of ['', 'a b', 'ä', 'x'.repeat(201), 'a\u0000']) {
    it(`refuses the key ${JSON.stringify(idempotencyKey).slice(0, 20)}`, () => {
      const refusal = expectErr(parseJobTerms({ ...backup, idempotencyKey }, now));

      expect(refusal.field).to.equal('idempotencyKey');
    });
  }

  for (const field of ['queueTimeoutMs', 'deadlineMs'] as const) {
    it(`refuses a job whose ${field} is over when it is asked for`, () => {
      const limits = { dueAt: new Date(now.getTime() - 60_000), [field]: 60_000 };

      const refusal = expectErr(parseJobTerms({ ...backup, ...limits }, now));

      const problem = 'is over already for a job that was due at 2025-12-31T23:59:00.000Z';
      expect(refusal).to.deep.equal({ kind: 'InvalidJob', field, problem });
      expectOk(parseJobTerms({ ...backup, ...limits, [field]: 60_001 }, now));
    });
  }
});
