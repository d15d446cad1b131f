import { sequentialId } from '#kernel/testing';
import { cases } from '#testing/lifecycle';
import { expect } from 'chai';
import { BackupStatus, stateOf, type LastFailure } from './backup-status.ts';

const HOUR = 3_600_000;
const at = (hour: number): Date => new Date(Date.UTC(2026, 0, 1) + hour * HOUR);
const failure = (hour: number): LastFailure => ({
  at: at(hour),
  kind: 'DeviceUnreachable',
  reason: `no answer at ${hour}`,
});
const typesOf = (events: readonly { type: string }[]) => events.map(({ type }) => type);
const first = () => BackupStatus.first(sequentialId(1), at(0));

describe('The status of the backups of a device', () => {
  it('tells of the first failure after a success, and of the next success, each once', () => {
    const status = first();

    const told = [
      status.succeeded(at(1)),
      status.failed(failure(2)),
      status.failed(failure(3)),
      status.succeeded(at(4)),
      status.succeeded(at(5)),
      status.failed(failure(6)),
    ].map(typesOf);

    expect(told).to.deep.equal([[], ['device.failing'], [], ['device.recovered'], [], ['device.failing']]);
    expect(status.snapshot()).to.deep.include({
      lastSuccessAt: at(5),
      lastFailure: failure(6),
      consecutiveFailures: 1,
    });
  });

  it('says how many attempts have failed since the last success', () => {
    const status = first();
    for (const hour of [1, 2, 3]) status.failed(failure(hour));

    const [recovered] = status.succeeded(at(4));

    expect(recovered).to.deep.equal({ type: 'device.recovered', failures: 3, staleSince: null });
  });

  it('takes no failure for the latest that is older than a success', () => {
    const status = first();
    status.succeeded(at(2));

    expect(status.failed(failure(1))).to.deep.equal([]);
    expect(status.snapshot()).to.include({ consecutiveFailures: 0, lastFailure: null });
  });

  it('does not forget a failure for a success that was older than it', () => {
    const status = first();
    status.failed(failure(2));

    expect(status.succeeded(at(1))).to.deep.equal([]);
    expect(status.snapshot()).to.deep.include({ consecutiveFailures: 1, lastSuccessAt: at(1) });
  });

  it('does not go back behind a newer success', () => {
    const status = first();
    status.succeeded(at(2));
    status.succeeded(at(1));

    expect(status.snapshot().lastSuccessAt).to.deep.equal(at(2));
  });

  it('becomes stale once, when the last success is as old as it may be', () => {
    const status = first();
    status.succeeded(at(1));

    const told = [26.9, 27, 40].map((hour) => typesOf(status.judged(at(hour), 26 * HOUR)));

    expect(told).to.deep.equal([[], ['device.stale'], []]);
    expect(status.snapshot().staleSince).to.deep.equal(at(27));
  });

  it('becomes stale without a success, counted from when the device was first heard of', () => {
    const told = first().judged(at(26), 26 * HOUR);

    expect(told).to.deep.equal([{ type: 'device.stale', lastSuccessAt: null, knownSince: at(0) }]);
  });

  it('is no longer stale after a success, and can become so again', () => {
    const status = first();
    status.judged(at(26), 26 * HOUR);

    const recovered = status.succeeded(at(30));

    expect(recovered).to.deep.equal([{ type: 'device.recovered', failures: 0, staleSince: at(26) }]);
    expect(typesOf(status.judged(at(56), 26 * HOUR))).to.deep.equal(['device.stale']);
  });

  const states = {
    never: { lastSuccessAt: null, consecutiveFailures: 0 },
    current: { lastSuccessAt: at(10), consecutiveFailures: 0 },
    stale: { lastSuccessAt: at(9), consecutiveFailures: 0 },
    failing: { lastSuccessAt: at(10), consecutiveFailures: 1 },
  };
  for (const [title, facts] of cases('is {case}', states)) {
    it(title, () => {
      expect(title).to.equal(`is ${stateOf(facts, at(9))}`);
    });
  }
});
