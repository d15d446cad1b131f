import { expect } from 'chai';
import type { ContentHash } from '../content-hash.ts';
import { prefixOf, shardOf, SHARDS, shardsIn } from './shards.ts';
import { Verification, type Finding, type FindingKind } from './verification.ts';

const [begun, ended] = [new Date('2026-01-01T00:00:00.000Z'), new Date('2026-01-01T01:00:00.000Z')];
const id = 'job' as Parameters<typeof Verification.begin>[0];
const found = (kind: FindingKind): Finding => ({ contentHash: 'a' as ContentHash, kind, by: null, versions: 1 });
const seen = (...findings: readonly Finding[]) => ({ contents: 2, bytes: 30, findings });

describe('The parts of a store', () => {
  for (const count of [1, 2, 7, 30, 256]) {
    it(`are, when there are ${count}, all of it, and about the same size`, () => {
      const parts = Array.from({ length: count }, (_, part) => shardsIn({ part: part + 1, of: count }));

      const sizes = parts.map((shards) => shards.length);
      expect(parts.flat().toSorted((a, b) => a - b)).to.deep.equal(Array.from({ length: SHARDS }, (_, n) => n));
      expect(Math.max(...sizes) - Math.min(...sizes)).to.be.at.most(1);
    });
  }

  it('are told by the first byte of a hash', () => {
    expect([0, 10, 255].map(prefixOf)).to.deep.equal(['00', '0a', 'ff']);
    expect([0, 10, 255].map((shard) => shardOf(prefixOf(shard) as ContentHash))).to.deep.equal([0, 10, 255]);
  });
});

describe('Verification', () => {
  const half = { mode: 'bytes', part: 2, of: 128 } as const;

  it('goes through its part, shard by shard, and is over after the last', () => {
    const verification = Verification.begin(id, half, begun);

    const once = verification.after(seen(), ended);
    const twice = once.after(seen(), ended);

    expect([verification, once, twice].map(({ remaining }) => remaining)).to.deep.equal([[1, 129], [129], []]);
    expect([once, twice].map((one) => one.snapshot().finishedAt)).to.deep.equal([null, ended]);
    expect(twice.snapshot()).to.include({ contents: 4, bytes: 60, shardsDone: 2, startedAt: begun });
  });

  it('goes on where it was interrupted', () => {
    const interrupted = Verification.begin(id, half, begun).after(seen(found('missing')), ended);

    const restored = Verification.restore(interrupted.snapshot());

    expect(restored.remaining).to.deep.equal([129]);
    expect(restored.after(seen(), ended).snapshot()).to.include({ damaged: 1, finishedAt: ended });
  });

  it('counts what nothing names apart from damages, of which it knows the first', () => {
    const [unneeded, damaged] = [[found('unreferenced')], [found('altered'), found('unreferenced')]];

    const first = Verification.begin(id, half, begun).after(seen(...unneeded), ended);
    const second = first.after(seen(...damaged), ended);
    const third = second.after(seen(...damaged), ended);

    expect(third.snapshot()).to.include({ damaged: 2, unreferenced: 3 });
    expect([first.isFirstDamage(unneeded), second.isFirstDamage(damaged), third.isFirstDamage(damaged)]).to.deep.equal([
      false,
      true,
      false,
    ]);
  });
});
