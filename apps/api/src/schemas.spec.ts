import { writtenMigrations } from '#platform/database/testing';
import { expect } from 'chai';
import { schemas } from './schemas.ts';

describe('the schemas of the API', () => {
  it('have every migration that a context has written, and at least one', () => {
    const listed = schemas.flatMap(({ migrations }) => migrations.map(({ name }) => name.slice(-13)));

    expect(listed.sort()).to.deep.equal(writtenMigrations()).and.to.not.be.empty;
  });
});
