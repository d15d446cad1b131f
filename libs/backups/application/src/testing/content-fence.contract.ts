import { Version, type ContentHash } from '#backups/domain';
import { aCollected } from '#backups/domain/testing';
import { err, ok } from '#kernel';
import { contract, expectOk, SequentialIds, sequentialId } from '#kernel/testing';
import { gate } from '#testing/concurrency';
import { expect } from 'chai';
import type { BackupsTransaction } from '../ports/backups-transaction.ts';
import { ContentFence, type FenceMark } from '../ports/content-fence.ts';
import type { VersionInventory } from '../ports/version-inventory.ts';

export type ContentFenceUnderTest = { readonly transaction: BackupsTransaction; readonly inventory: VersionInventory };

const { signal } = new AbortController();
const hash = 'ab'.repeat(32) as ContentHash;
const [one, other] = [1, 2].map((token) => ({ jobId: sequentialId<'Job'>(token), token }));
const at = new Date('2026-01-01T00:00:00.000Z');

/** What every {@link ContentFence} promises, and what the inventory tells of it. */
export const contentFenceContract = contract(ContentFence, (open: () => ContentFenceUnderTest) => {
  const condemn = ({ transaction }: ContentFenceUnderTest, by = one!) =>
    transaction.run(async ({ contents }) => ok(await contents.condemn({ hash, by, at })), signal).then(expectOk);
  const absolve = ({ transaction }: ContentFenceUnderTest, by = one!) =>
    transaction.run(async ({ contents }) => ok(await contents.absolve(hash, by)), signal);
  const reference = ({ transaction }: ContentFenceUnderTest, since: FenceMark) =>
    transaction.run(async ({ contents }) => ok(await contents.reference(hash, since)), signal).then(expectOk);
  const name = ({ transaction }: ContentFenceUnderTest) => {
    const collected = aCollected({ contentHash: hash });
    return transaction.run(async ({ versions }) => {
      await versions.add(expectOk(Version.following(null, collected, new SequentialIds().next())));
      return ok();
    }, signal);
  };

  it('lets a content be referenced that nobody has removed', async () => {
    const under = open();

    expect(await under.inventory.fenceMark(hash, signal)).to.equal(0);
    expect(await reference(under, 0)).to.equal(true);
    expect(await reference(under, 0)).to.equal(true);
  });

  it('keeps a condemned content from being referenced, also by who knew it was', async () => {
    const under = open();
    const before = await under.inventory.fenceMark(hash, signal);

    const condemned = await condemn(under);
    const during = await under.inventory.fenceMark(hash, signal);

    expect(condemned).to.equal(true);
    expect([await reference(under, before), await reference(under, during)]).to.deep.equal([false, false]);
    expect(await under.inventory.condemned(signal)).to.deep.equal([{ hash, by: one, at }]);
  });

  it('keeps out who has stored it before it was removed or meanwhile, and nobody who stores it afterwards', async () => {
    const under = open();
    const before = await under.inventory.fenceMark(hash, signal);
    await condemn(under);
    const during = await under.inventory.fenceMark(hash, signal);
    await absolve(under);
    const after = await under.inventory.fenceMark(hash, signal);

    const allowed = [];
    for (const mark of [before, during, after]) allowed.push(await reference(under, mark));

    expect(allowed).to.deep.equal([false, false, true]);
    expect(await under.inventory.condemned(signal)).to.deep.equal([]);
  });

  it('does not condemn what a version names', async () => {
    const under = open();
    await name(under);

    expect(await condemn(under)).to.equal(false);
    expect(await reference(under, 0)).to.equal(true);
  });

  it('is condemned by one at a time, who alone can absolve it', async () => {
    const under = open();

    const condemned = [await condemn(under), await condemn(under), await condemn(under, other!)];
    await absolve(under, other!);
    const still = await under.inventory.condemned(signal);
    await absolve(under);

    expect(condemned).to.deep.equal([true, true, false]);
    expect(still.map(({ by }) => by)).to.deep.equal([one]);
    expect(await condemn(under, other!)).to.equal(true);
  });

  it('forgets what a transaction condemned that is not kept', async () => {
    const under = open();

    await under.transaction.run(async ({ contents }) => {
      await contents.condemn({ hash, by: one!, at });
      return err({ kind: 'Refused' });
    }, signal);

    expect(await under.inventory.fenceMark(hash, signal)).to.equal(0);
    expect(await under.inventory.condemned(signal)).to.deep.equal([]);
  });

  it('lets who condemns it wait for a transaction that references it, and see what that has added', async () => {
    const under = open();
    const referenced = gate('the content is referenced');
    const mayEnd = gate('the transaction may end');
    const naming = under.transaction.run(async ({ contents, versions }) => {
      await contents.reference(hash, 0);
      referenced.open();
      await mayEnd.passed(signal);
      const collected = aCollected({ contentHash: hash });
      await versions.add(expectOk(Version.following(null, collected, new SequentialIds().next())));
      return ok();
    }, signal);
    await referenced.passed(signal);

    const condemning = condemn(under);
    mayEnd.open();
    expectOk(await naming);

    expect(await condemning).to.equal(false);
  });
});
