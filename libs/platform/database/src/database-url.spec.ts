import { expect } from 'chai';
import { parseDatabaseUrl } from './database-url.ts';

describe('parseDatabaseUrl', () => {
  it('reads the URL of a PostgreSQL database', () => {
    const parsed = parseDatabaseUrl('postgres://app:secret@db.example:6432/lockstep?sslmode=verify-full');

    expect(parsed).to.have.nested.property('value.host', 'db.example:6432');
  });

  for (const [text, problem] of [
    ['postgresql://app:sec#ret/@db.example/lockstep', 'not a URL'],
    ['localhost:secret', 'must begin with postgresql://'],
    ['mysql://app:secret@db.example/lockstep', 'not with mysql://'],
    ['postgresql:///lockstep', 'names no host'],
    ['postgresql://app:secret@db.example', 'names no database'],
    ['postgresql://app:secret@db.example/', 'names no database'],
  ] as const) {
    it(`says "${problem}" of ${text.replace(/sec[^@]*/, '…')}, without repeating it`, () => {
      const parsed = parseDatabaseUrl(text);

      expect(parsed).to.have.nested.property('error.problem').that.includes(problem).and.does.not.include('sec');
    });
  }
});
