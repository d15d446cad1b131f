import { expect } from 'chai';
import { EntitySchema } from 'typeorm';
import { keyOf } from './schemas-key.ts';

const row = (): EntitySchema => new EntitySchema({ name: 'Shelf', columns: {} });
const migration = () =>
  class CreateShelves1700000000001 {
    async up(): Promise<void> {}
    async down(): Promise<void> {}
  };

describe('The key of schemas', () => {
  const [rows, migrations] = [[row()], [migration()]];

  it('is the same for the same rows and migrations in other lists', () => {
    expect(keyOf([{ rows: [...rows], migrations: [...migrations] }])).to.equal(keyOf([{ rows, migrations }]));
  });

  it('differs with the rows of the same migrations, with or without any', () => {
    expect(keyOf([{ rows: [row()], migrations }])).not.to.equal(keyOf([{ rows, migrations }]));
    expect(keyOf([{ rows: [row()], migrations: [] }])).not.to.equal(keyOf([{ rows, migrations: [] }]));
  });

  it('differs with other migrations of the same names', () => {
    expect(keyOf([{ rows, migrations: [migration()] }])).not.to.equal(keyOf([{ rows, migrations }]));
  });
});
