import { expect } from 'chai';
import { QueryFailedError, QueryRunnerAlreadyReleasedError } from 'typeorm';
import { isConflict, isConnectionLost, isUniqueViolation } from './sql-state.ts';

const failedWith = (facts: { code?: string; constraint?: string }, message = ''): QueryFailedError =>
  new QueryFailedError('SELECT 1', [], Object.assign(new Error(message), facts));

describe('isUniqueViolation', () => {
  it('knows the constraint by its name', () => {
    const failure = failedWith({ code: '23505', constraint: 'devices_name_key' });

    expect(isUniqueViolation(failure, 'devices_name_key')).to.equal(true);
    expect(isUniqueViolation(failure, 'devices_address_key')).to.equal(false);
  });

  it('is no other violation, and nothing that is no failure of a statement', () => {
    expect(isUniqueViolation(failedWith({ code: '23503', constraint: 'x' }), 'x')).to.equal(false);
    expect(isUniqueViolation('23505', 'x')).to.equal(false);
  });
});

describe('isConflict', () => {
  for (const code of ['40001', '40P01']) {
    it(`is ${code}`, () => expect(isConflict(failedWith({ code }))).to.equal(true));
  }

  for (const code of ['23505', '57014', '08006']) {
    it(`is not ${code}`, () => expect(isConflict(failedWith({ code }))).to.equal(false));
  }
});

describe('isConnectionLost', () => {
  for (const code of ['08006', '57P01', '57P03', '25P03', 'ECONNRESET', 'ECONNREFUSED']) {
    it(`is ${code}`, () => expect(isConnectionLost(failedWith({ code }))).to.equal(true));
  }

  for (const code of ['57014', '40001', '23505', '25P02']) {
    it(`is not ${code}`, () => expect(isConnectionLost(failedWith({ code }))).to.equal(false));
  }

  it('is a time-out of the driver, which has no code', () => {
    expect(isConnectionLost(failedWith({}, 'Query read timeout'))).to.equal(true);
    expect(isConnectionLost(new Error('Connection terminated unexpectedly'))).to.equal(true);
  });

  it('is what TypeORM says after it let go of a broken connection', () => {
    expect(isConnectionLost(new QueryRunnerAlreadyReleasedError())).to.equal(true);
  });
});
