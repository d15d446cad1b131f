import { idsContract } from '#kernel/testing';
import { expect } from 'chai';
import { UuidIds } from './uuid-ids.ts';

describe('UuidIds', () => {
  idsContract.holdsFor(UuidIds, () => new UuidIds());

  it('makes UUIDs of version 7', () => {
    expect(new UuidIds().next()).to.match(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  });

  it('starts an id with the time of its making', () => {
    const before = Date.now();

    const id = new UuidIds().next();

    const madeAt = Number.parseInt(id.replace('-', '').slice(0, 12), 16);
    expect(madeAt).to.be.within(before, Date.now() + 1);
  });
});
