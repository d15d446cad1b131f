import type { ContentHash } from '../content-hash.ts';
import type { Collected } from '../version.ts';

export function aCollected(facts: Partial<Collected> = {}): Collected {
  return {
    deviceId: '01900000-0000-7000-8000-00000000000d' as Collected['deviceId'],
    model: 'ios',
    contentHash: 'a'.repeat(64) as ContentHash,
    significantHash: 'b'.repeat(64) as ContentHash,
    bytes: 1_000,
    collectedAt: new Date('2026-01-01T00:00:00.000Z'),
    jobId: '01900000-0000-7000-8000-00000000000a' as Collected['jobId'],
    ...facts,
  };
}
