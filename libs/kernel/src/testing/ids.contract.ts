import { expect } from 'chai';
import { Ids, parseId } from '../ids.ts';
import { contract } from './contract.ts';

/** What every {@link Ids} promises. */
export const idsContract = contract(Ids, (open: () => Ids) => {
  it('makes ids that can be read back', () => {
    const id = open().next<'Thing'>();

    expect(parseId<'Thing'>(id)).to.deep.equal({ ok: true, value: id });
  });

  it('never makes the same id twice', () => {
    const ids = open();

    const made = Array.from({ length: 10_000 }, () => ids.next());

    expect(new Set(made).size).to.equal(10_000);
  });

  it('makes ids that sort in the order they were made', () => {
    const ids = open();

    const made = Array.from({ length: 1_000 }, () => ids.next());

    expect(made.toSorted()).to.deep.equal(made);
  });
});
