import { expect } from 'chai';
import type { PoolClient } from 'pg';
import { callSite } from '#testing/runtime';
import { lockWaits } from './lock-waits.ts';
import { Session } from './session.ts';

/** A connection of the server's process `pid`, whose last statement is `query`. */
function session(pid: number, query: string, unanswered: number): Session {
  const made = new Session({ processID: pid } as unknown as PoolClient);
  made.holder = { test: undefined, site: callSite(), query, unanswered, idleSince: 0 };
  return made;
}

const holds = session(1, 'holds', 0);
const waits = session(2, 'waits', 1);
const waitsToo = session(3, 'waits too', 1);
const answered = session(2, 'is answered', 0);
const asks = session(4, 'asks', 1);
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

      expect(blocked.map(({ line }) => /^query: (.*?), on/.exec(line)?.[1])).to.deep.equal(expected);
    });
  }

  it('names all who would have to do something', () => {
    const other = session(5, 'holds as well', 0);

    const [blocked] = lockWaits([holds, other, waits], [idle, { ...idle, pid: 5 }, seen(2, 1, 5)]);

    expect(blocked?.by).to.equal(`${holds.line} and ${other.line}`);
  });
});
