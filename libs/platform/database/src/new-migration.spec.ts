import { expect } from 'chai';
import { newMigration } from './new-migration.ts';

describe('newMigration', () => {
  const now = new Date(1_764_000_000_000);

  it('is a file of its context with a class that TypeORM can put in order', () => {
    const { path, text } = newMigration({ context: 'devices', name: 'add-device-tags', now });

    expect(path).to.equal('libs/devices/infrastructure/src/migrations/1764000000000-add-device-tags.ts');
    expect(text).to.include('export class AddDeviceTags1764000000000 implements MigrationInterface');
  });

  for (const name of ['AddTags', 'add tags', '../add-tags', '']) {
    it(`refuses the name "${name}"`, () => {
      expect(() => newMigration({ context: 'devices', name, now })).to.throw('kebab-case');
    });
  }
});
