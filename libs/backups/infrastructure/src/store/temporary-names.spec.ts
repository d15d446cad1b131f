import { SequentialIds } from '#kernel/testing';
import { expect } from 'chai';
import { TemporaryNames, thisProcess, type Writer } from './temporary-names.ts';

const ids = new SequentialIds();
const writer = (facts: Partial<Writer> = {}): Writer => ({ host: 'a', pid: 7, isRunning: () => false, ...facts });
const namesOf = (one: Writer) => new TemporaryNames(ids, one, new Set());
const HOUR = 3_600_000;

describe('A temporary name', () => {
  it('is in use until it is disposed', () => {
    const names = namesOf(writer());
    const taken = names.take();

    const before = names.isAbandoned({ name: taken.name, ageMs: 0 });
    taken[Symbol.dispose]();
    const after = names.isAbandoned({ name: taken.name, ageMs: 0 });

    expect([before, after]).to.deep.equal([false, true]);
  });

  it('is in use by another store of the same process', () => {
    const inUse = new Set<string>();
    using taken = new TemporaryNames(ids, writer(), inUse).take();

    const abandoned = new TemporaryNames(ids, writer(), inUse).isAbandoned({ name: taken.name, ageMs: 0 });

    expect(abandoned).to.equal(false);
  });

  it('is abandoned when its process is dead, and not while it runs', () => {
    using taken = namesOf(writer({ pid: 8 })).take();

    const dead = namesOf(writer({ isRunning: () => false })).isAbandoned({ name: taken.name, ageMs: 0 });
    const running = namesOf(writer({ isRunning: (pid) => pid === 8 })).isAbandoned({ name: taken.name, ageMs: 0 });

    expect([dead, running]).to.deep.equal([true, false]);
  });

  it('is abandoned when a process that is gone had our number', () => {
    const { name } = namesOf(writer()).take();

    expect(namesOf(writer()).isAbandoned({ name, ageMs: 0 })).to.equal(true);
  });

  it('of another machine, or of nobody we know, is abandoned only when it is old', () => {
    const elsewhere = namesOf(writer({ host: 'b' })).take().name;
    const names = namesOf(writer());

    const young = [elsewhere, 'something'].map((name) => names.isAbandoned({ name, ageMs: HOUR }));
    const old = [elsewhere, 'something'].map((name) => names.isAbandoned({ name, ageMs: HOUR + 1 }));

    expect([young, old]).to.deep.equal([
      [false, false],
      [true, true],
    ]);
  });

  it('knows which processes of this machine run', () => {
    expect(thisProcess.isRunning(process.pid)).to.equal(true);
    expect(thisProcess.isRunning(2 ** 31 - 1)).to.equal(false);
  });
});
