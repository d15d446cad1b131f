import { expect } from 'chai';
import { retryAfterIn } from './retry-after.ts';

const now = new Date('2026-01-01T00:00:00.000Z');

describe('retryAfterIn', () => {
  it('reads seconds and times, and nothing else', () => {
    const headers = [
      '120',
      'Thu, 01 Jan 2026 00:01:00 GMT',
      'Wed, 31 Dec 2025 00:00:00 GMT',
      'soon',
      '-1',
      '',
      undefined,
    ];

    expect(headers.map((header) => retryAfterIn(header, now))).to.deep.equal([
      120_000,
      60_000,
      0,
      null,
      null,
      null,
      null,
    ]);
  });
});
