import { Verification, type ContentHash, type Finding, type VerificationPlan } from '#backups/domain';
import { err, ok } from '#kernel';
import { contract, expectOk, sequentialId } from '#kernel/testing';
import { expect } from 'chai';
import type { BackupsTransaction } from '../ports/backups-transaction.ts';
import { VerificationReader, Verifications } from '../ports/verifications.ts';

export type VerificationsUnderTest = { readonly transaction: BackupsTransaction; readonly reader: VerificationReader };

const { signal } = new AbortController();
const id = (position: number) => sequentialId<'Job'>(position);
const minute = (count: number) => new Date(Date.UTC(2026, 0, 1, 0, count));
const finding = (start: string, facts: Partial<Finding> = {}): Finding => ({
  contentHash: start.padEnd(64, '0') as ContentHash,
  kind: 'altered',
  by: null,
  versions: 1,
  ...facts,
});
const usual: VerificationPlan = { mode: 'bytes', part: 1, of: 128 };

async function walk(transaction: BackupsTransaction, one: Verification, ...shards: readonly (readonly Finding[])[]) {
  let verification = one;
  for (const [index, findings] of shards.entries()) {
    verification = verification.after({ contents: 2, bytes: 3_000_000_000, findings }, minute(50 + index));
    await transaction.run(async ({ verifications }) => {
      await verifications.save(verification.snapshot(), findings);
      return ok();
    }, signal);
  }
  return verification.snapshot();
}

/** What all {@link Verifications} promise inside their transaction. */
export const verificationsContract = contract(Verifications, (open: () => VerificationsUnderTest) => {
  it('finds what was saved last, and knows no other', async () => {
    const { transaction } = open();
    const saved = await walk(
      transaction,
      Verification.begin(id(1), usual, minute(1)),
      [finding('ab')],
      [finding('cd')],
    );

    const found = await transaction.run(async ({ verifications }) => {
      return ok([await verifications.find(id(1)), await verifications.find(id(2))]);
    }, signal);

    expect(expectOk(found)).to.deep.equal([saved, null]);
    expect(saved).to.include({ shardsDone: 2, contents: 4, bytes: 6_000_000_000, damaged: 2 });
  });

  it('sees what it has saved itself, and keeps nothing of work that refuses', async () => {
    const { transaction, reader } = open();
    const verification = Verification.begin(id(1), usual, minute(1)).snapshot();

    const found = await transaction.run(async ({ verifications }) => {
      await verifications.save(verification, [finding('ab')]);
      return err(await verifications.find(id(1)));
    }, signal);

    expect(found).to.deep.equal(err(verification));
    expect(await reader.find(id(1), signal)).to.equal(null);
    expect(await reader.findings({ id: id(1), after: null, limit: 9 }, signal)).to.deep.equal([]);
  });
});

/** What every {@link VerificationReader} promises. */
export const verificationReaderContract = contract(VerificationReader, (open: () => VerificationsUnderTest) => {
  it('tells the findings page by page', async () => {
    const { transaction, reader } = open();
    const replaced = finding('ef', { kind: 'replaced', by: finding('ab').contentHash, versions: 7 });
    await walk(transaction, Verification.begin(id(1), usual, minute(1)), [replaced, finding('ab')], [finding('cd')]);
    await walk(transaction, Verification.begin(id(2), usual, minute(1)), [finding('99')]);

    const first = await reader.findings({ id: id(1), after: null, limit: 2 }, signal);
    const second = await reader.findings({ id: id(1), after: first[1]!.contentHash, limit: 2 }, signal);

    expect(first).to.deep.equal([finding('ab'), finding('cd')]);
    expect(second).to.deep.equal([replaced]);
  });

  it('knows the one that began last, and the last part of so many that has finished', async () => {
    const { transaction, reader } = open();
    await walk(transaction, Verification.begin(id(1), usual, minute(1)), [], []);
    await walk(transaction, Verification.begin(id(2), { ...usual, part: 2 }, minute(2)), []);
    await walk(transaction, Verification.begin(id(3), { ...usual, mode: 'structure' }, minute(3)), [], []);

    const latest = await reader.latest(signal);
    const part = await reader.latestPart({ mode: 'bytes', parts: 128 }, signal);

    expect([latest?.id, part?.id]).to.deep.equal([id(3), id(1)]);
    expect(await reader.latestPart({ mode: 'bytes', parts: 30 }, signal)).to.equal(null);
    expect(await reader.find(id(2), signal)).to.include({ part: 2, finishedAt: null });
  });

  it('knows none where there was none', async () => {
    const { reader } = open();

    expect(await reader.latest(signal)).to.equal(null);
  });
});
