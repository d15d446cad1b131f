import { expectErr, expectOk } from '#kernel/testing';
import { expect } from 'chai';
import { fc } from '#testing/properties';
import type { ContentHash } from './content-hash.ts';
import { aCollected } from './testing/collected.builder.ts';
import { Version, type VersionId } from './version.ts';

const idOf = (n: number) => `version-${n}` as VersionId;
const hash = (digit: string) => digit.repeat(64) as ContentHash;

describe('Version', () => {
  it('is number one when the device has none', () => {
    const collected = aCollected();

    const version = expectOk(Version.following(null, collected, idOf(1)));

    expect(version.snapshot()).to.deep.equal({ ...collected, id: idOf(1), sequence: 1 });
  });

  it('follows the latest when something significant has changed', () => {
    const latest = expectOk(Version.following(null, aCollected(), idOf(1)));
    const changed = aCollected({ contentHash: hash('c'), significantHash: hash('d') });

    const version = expectOk(Version.following(latest, changed, idOf(2)));

    expect(version.snapshot()).to.deep.equal({ ...changed, id: idOf(2), sequence: 2 });
  });

  it('does not come from a change of volatile lines alone', () => {
    const latest = expectOk(Version.following(null, aCollected(), idOf(1)));

    const refusal = expectErr(Version.following(latest, aCollected({ contentHash: hash('c') }), idOf(2)));

    expect(refusal).to.deep.equal({ kind: 'Unchanged', since: latest });
  });

  it('does not come from a new opinion about the same bytes', () => {
    const latest = expectOk(Version.following(null, aCollected(), idOf(1)));

    const refusal = expectErr(Version.following(latest, aCollected({ significantHash: hash('d') }), idOf(2)));

    expect(refusal.kind).to.equal('Unchanged');
  });

  it('does not follow one that was collected later', () => {
    const [earlier, later] = [new Date('2026-01-01T00:00:00.000Z'), new Date('2026-01-01T00:00:00.001Z')];
    const latest = expectOk(Version.following(null, aCollected({ collectedAt: later }), idOf(1)));
    const older = aCollected({ contentHash: hash('c'), significantHash: hash('d'), collectedAt: earlier });

    const refusal = expectErr(Version.following(latest, older, idOf(2)));

    expect(refusal).to.deep.equal({ kind: 'Superseded', collectedAt: earlier, by: later });
  });

  it('follows one that was collected at the same moment', () => {
    const latest = expectOk(Version.following(null, aCollected(), idOf(1)));
    const changed = aCollected({ contentHash: hash('c'), significantHash: hash('d') });

    expect(expectOk(Version.following(latest, changed, idOf(2))).snapshot()).to.include({ sequence: 2 });
  });

  it('is still the latest when the same was collected earlier', () => {
    const latest = expectOk(Version.following(null, aCollected(), idOf(1)));
    const older = aCollected({ collectedAt: new Date('2025-12-31T00:00:00.000Z') });

    expect(expectErr(Version.following(latest, older, idOf(2)))).to.include({ kind: 'Unchanged' });
  });

  it('never follows the version of another device', () => {
    const latest = expectOk(Version.following(null, aCollected(), idOf(1)));
    const elsewhere = aCollected({ deviceId: 'another' as never });

    expect(() => Version.following(latest, elsewhere, idOf(2))).to.throw('different devices');
  });

  it('numbers exactly the significant changes, without a gap', () => {
    const polls = fc.array(
      fc.record({ significant: fc.constantFrom('a', 'b', 'c'), noise: fc.constantFrom('7', '8', '9') }),
    );

    fc.assert(
      fc.property(polls, (history) => {
        let latest: Version | null = null;
        let changes = 0;
        let before: string | null = null;

        for (const { significant, noise } of history) {
          const contentHash = `${significant}${noise}`.repeat(32) as ContentHash;
          const collected = aCollected({ contentHash, significantHash: hash(significant) });
          const next: ReturnType<typeof Version.following> = Version.following(latest, collected, idOf(changes + 1));
          if (next.ok) latest = next.value;
          if (significant !== before) changes += 1;
          before = significant;
        }

        expect(latest?.snapshot().sequence ?? 0).to.equal(changes);
      }),
    );
  });
});
