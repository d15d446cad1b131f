import { PassThrough } from 'node:stream';
import type { JobId, JobSnapshot } from '#scheduling/domain';
import { AsyncTestBase } from '#testing/lifecycle';
import { expect } from 'chai';
import { allSucceeded, untilEnded, type Waited } from './wait.ts';

type Change = Partial<Pick<JobSnapshot, 'state' | 'progress'>> & { readonly failure?: { readonly reason: string } };

const ONE = '01a1ffc4-0000-7000-8000-000000000001' as JobId;
const TWO = '01a1ffc4-0000-7000-8000-000000000002' as JobId;
const WATCHED = [
  { id: ONE, what: 'core-1' },
  { id: TWO, what: 'edge-1' },
];

class WaitTest extends AsyncTestBase {
  readonly interruption = new AbortController();
  readonly screen = Object.assign(new PassThrough(), { isTTY: false, columns: 120 });
  readonly notes: string[] = [];
  readonly #jobs = new Map([ONE, TWO].map((id) => [id, this.job(id, { state: 'queued' })]));

  becomes(id: JobId, change: Change): void {
    this.#jobs.set(id, this.job(id, change));
  }

  waiting(deadline?: string): Promise<Waited> {
    const find = { execute: async ({ id }: { id: JobId }) => ({ ok: true, value: this.#jobs.get(id) }) };
    const desk = {
      clock: async () => this.clock,
      get: async () => find as never,
      note: (line: string) => void this.notes.push(line),
      people: this.screen,
      signal: this.interruption.signal,
    };
    return untilEnded(WATCHED, deadline === undefined ? {} : { deadline }, desk);
  }

  shown(): string {
    return String(this.screen.read() ?? '');
  }

  private job(id: JobId, change: Change): JobSnapshot {
    const finished = ['succeeded', 'failed'].includes(change.state ?? '') ? { finishedAt: new Date(0) } : {};
    return { id, progress: null, failure: null, ...finished, ...change } as JobSnapshot;
  }
}

const t = WaitTest.install();

describe('untilEnded', () => {
  it(
    'writes a line for each job as it ends, where nobody watches',
    t.test(async (test) => {
      const waiting = test.waiting();
      await test.clock.advance(1_000);
      test.becomes(TWO, { state: 'failed', failure: { reason: 'it is\n\u001b[2Jgone' } });
      await test.clock.advance(1_000);
      test.becomes(ONE, { state: 'succeeded' });
      await test.clock.advance(1_000);

      const waited = await waiting;

      expect(test.shown()).to.equal('[1/2] edge-1: failed, it is \\x1b[2Jgone\n[2/2] core-1: succeeded\n');
      expect([waited.ended, allSucceeded(waited)]).to.deep.equal([true, false]);
      expect(test.clock.waiting).to.equal(0);
    }),
  );

  it(
    'draws on a terminal what is going on',
    t.test(async (test) => {
      test.screen.isTTY = true;
      const waiting = test.waiting();
      test.becomes(ONE, { state: 'running', progress: { step: 'reading', done: 2, total: 5 } });
      await test.clock.advance(1_000);
      const shown = test.shown();
      for (const { id } of WATCHED) test.becomes(id, { state: 'succeeded' });
      await test.clock.advance(1_000);

      expect(shown).to.include('0/2 ended core-1 (reading 2/5)');
      expect(allSucceeded(await waiting)).to.equal(true);
    }),
  );

  it(
    'is ended by ctrl-C, which does not end the jobs, and tells how to',
    t.test(async (test) => {
      const waiting = test.waiting();
      test.becomes(ONE, { state: 'succeeded' });
      await test.clock.advance(1_000);
      test.interruption.abort(new Error('Interrupted.'));

      const waited = await waiting;

      const cancel = `npm run lockstep -- job cancel ${TWO}`;
      expect(test.notes.slice(1)).to.deep.equal([`Not waiting any more. The job goes on; to cancel: ${cancel}.`]);
      expect([waited.ended, allSucceeded(waited)]).to.deep.equal([false, false]);
      expect(waited.jobs.get(ONE)?.state).to.equal('succeeded');
      expect(test.clock.waiting).to.equal(0);
    }),
  );

  it(
    'waits no longer than its deadline',
    t.test(async (test) => {
      const waiting = test.waiting('10m');
      await test.clock.advance(599_900);
      expect(test.notes).to.deep.equal(['Waiting for 2 jobs; ctrl-C ends only the waiting.']);
      await test.clock.advance(100);

      expect((await waiting).ended).to.equal(false);
      expect(test.notes[1]).to.match(
        /^Not ended within 10m\. 2 jobs go on; to cancel: .+, and so each of the others\.$/,
      );
      expect(test.clock.waiting).to.equal(0);
    }),
  );
});
