import { expect } from 'chai';
import { DatabaseUnusable, whyUnusable } from './database-unusable.ts';

const url = new URL('postgresql://app:s%C3%A9cret@db.example:5433/lock%20step');
const failure = (code: string, message = 'as the driver says it') => Object.assign(new Error(message), { code });

describe('whyUnusable', () => {
  for (const [error, message] of [
    [
      failure('28P01'),
      'The database server at db.example:5433 refuses the user "app": check the user and the password',
    ],
    [
      failure('28000'),
      'The database server at db.example:5433 refuses the user "app": check the user and the password',
    ],
    [failure('3D000'), 'The database server at db.example:5433 has no database "lock step": create it, or correct'],
    [failure('ECONNREFUSED', ''), 'No database server answers at db.example:5433 (ECONNREFUSED): start it, or correct'],
    [failure('57P03'), 'No database server answers at db.example:5433 (57P03): start it, or correct'],
  ] as const) {
    it(`says in one line what to do about ${error.code}, without the password`, () => {
      const why = whyUnusable(error, url) as Error;

      expect(why).to.be.instanceOf(DatabaseUnusable).with.property('cause', error);
      expect(why.message)
        .to.include(message)
        .and.not.match(/\n|secret|s.cret/);
    });
  }

  it('passes on what the URL is not to blame for', () => {
    const error = new TypeError('a defect');

    expect(whyUnusable(error, url)).to.equal(error);
  });
});
