import { expect } from 'chai';
import { randomBytes } from 'node:crypto';
import { realTurn, runningTest } from '#testing/runtime';
import { keepBooks, resources } from './ledger.ts';
import { underWay } from './under-way.ts';

keepBooks();

const jobs = (): number => [...resources()].filter(([, { type }]) => type === 'RANDOMBYTESREQUEST').length;

describe('The books of what is open', () => {
  it('forget a synchronous job of node:crypto, which is over and has no end', async () => {
    for (let count = 0; count < 50; count += 1) randomBytes(8);
    await realTurn();
    const before = jobs();

    const found = [...underWay({ test: runningTest(), since: 0, shortly: 0 })];

    expect(before).to.be.at.least(1); // those that were not collected yet
    expect(found.filter((one) => String(one).startsWith('RANDOMBYTES'))).to.deep.equal([]);
    expect(jobs()).to.equal(0);
  });

  it('keep one that somebody waits for', async () => {
    const { promise, resolve } = Promise.withResolvers<void>();
    randomBytes(2 ** 20, () => resolve());

    const found = [...underWay({ test: runningTest(), since: 0, shortly: 0 })];

    expect(found.filter((one) => String(one).startsWith('RANDOMBYTES'))).to.have.lengthOf(1);
    await promise;
  });
});
