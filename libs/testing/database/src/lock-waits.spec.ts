import { expect } from 'chai';
import { lockWaits } from './lock-waits.ts';

type Known = Parameters<typeof lockWaits>[0][number];

const holds: Known = { pid: 1, isAnswered: true, line: 'holds' };
const waits: Known = { pid: 2, isAnswered: false, line: 'waits' };
const answered: Known = { pid: 2, isAnswered: true, line: 'is answered' };
const waitsToo: Known = { pid: 3, isAnswered: false, line: 'waits too' };
const asks: Known = { pid: 4, isAnswered: false, line: 'asks' };
const seen = (pid: number, ...blockers: readonly number[]): Parameters<typeof lockWaits>[1][number] => ({
  pid,
  isIdle: false,
  blockers,
});
const idle = { pid: 1, isIdle: true, blockers: [] };

describe('A lock wait', () => {
  for (const [what, known, server, expected] of [
    ['is blocked behind an idle session', [holds, waits], [idle, seen(2, 1)], ['waits']],
    ['is blocked behind one that is', [waitsToo, waits, holds], [seen(3, 2), seen(2, 1), idle], ['waits', 'waits too']],
    ['is none behind a statement at work', [asks, waits], [seen(4), seen(2, 4)], []],
    ['is none where one of several holders is at work', [holds, asks, waits], [idle, seen(4), seen(2, 1, 4)], []],
    ['is none in a circle, nor behind one', [waits, waitsToo, asks], [seen(2, 3), seen(3, 2), seen(4, 3)], []],
    ['is none behind a session of somebody else', [waits], [seen(2, 99)], []],
    ['is none behind one that the server has not seen end yet', [holds, waits], [seen(1), seen(2, 1)], []],
    ['is none behind one that has been asked again', [asks, waits], [{ ...idle, pid: 4 }, seen(2, 4)], []],
    ['is none any more where its own answer is there', [holds, answered], [idle, seen(2, 1)], []],
  ] as const) {
    it(what, () => {
      const blocked = lockWaits(known, server);

      expect(blocked.map(({ line }) => line)).to.deep.equal(expected);
    });
  }

  it('names all who would have to do something', () => {
    const other = { pid: 5, isAnswered: true, line: 'holds as well' };

    const [blocked] = lockWaits([holds, other, waits], [idle, { ...idle, pid: 5 }, seen(2, 1, 5)]);

    expect(blocked?.by).to.equal('holds and holds as well');
  });
});
