import { expect } from 'chai';
import { idsContract } from './ids.contract.ts';
import { SequentialIds, sequentialId } from './sequential-ids.ts';

describe('SequentialIds', () => {
  idsContract.holdsFor(SequentialIds, () => new SequentialIds());

  it('can be foretold', () => {
    const ids = new SequentialIds();

    expect([ids.next(), ids.next()]).to.deep.equal([sequentialId(1), sequentialId(2)]);
  });
});
