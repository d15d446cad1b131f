import { expect } from 'chai';
import { itBehavesLikeIds } from './ids.contract.ts';
import { SequentialIds, sequentialId } from './sequential-ids.ts';

describe('SequentialIds', () => {
  itBehavesLikeIds(() => new SequentialIds());

  it('can be foretold', () => {
    const ids = new SequentialIds();

    expect([ids.next(), ids.next()]).to.deep.equal([sequentialId(1), sequentialId(2)]);
  });
});
