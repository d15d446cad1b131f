import { Clock } from '#kernel';
import { expect } from 'chai';
import { failingCells } from './fault-sweep.ts';
import { Mailer, Orders } from './fixtures/ports.ts';
import { mailing, sweeping } from './fixtures/sweeping.ts';

describe('A trial', () => {
  it(
    'fails for what it leaves behind',
    sweeping(
      {
        ...mailing,
        faults: ['fails-before', 'twice'],
        workflow: async (test, context) => {
          await mailing.workflow(test, context).catch((error: unknown) => {
            queueMicrotask(() => {
              throw new Error('nobody waits for it');
            });
            throw error;
          });
        },
      },
      (sweep) => {
        expect(failingCells(sweep).map(({ fault, error }) => [fault, error?.split('\n')[0]])).to.deep.equal([
          ['fails-before', 'Error: nobody waits for it'],
        ]);
      },
    ),
  );

  it(
    'that does not come to its end fails by itself, and the others are tried',
    sweeping(
      {
        ...mailing,
        faults: ['fails-before', 'twice'],
        holds: (_, { faulted }) => (faulted?.fault === 'fails-before' ? new Promise(() => {}) : undefined),
      },
      ({ cells }) => {
        expect(cells.map(({ verdict }) => verdict)).to.deep.equal(['failed', 'holds']);
        expect(cells[0]?.error).to.match(/`holds` did not come to its end within \d+ ms of real time/);
      },
      1_200,
    ),
  );

  it(
    'that ends in the midst of the workflow, by a failure that nobody waits for, says so',
    sweeping(
      {
        ...mailing,
        faults: ['fails-before'],
        workflow: async ({ get }, { signal }) => {
          const mailer = await get(Mailer);
          const letters: unknown[] = [mailer.send('in the background', { signal })];
          letters.push(await mailer.send('welcome', { signal }));
        },
        recover: () => {},
      },
      ({ cells }) => {
        expect(cells.map(({ outcome, verdict }) => [verdict, outcome])).to.deep.equal([
          ['failed', 'not ended'],
          ['holds', 'threw'],
        ]);
      },
    ),
  );

  const runs = { count: 0 };
  it(
    'in which the call is not made is no success',
    sweeping(
      {
        ...mailing,
        faults: ['fails-before', 'twice'],
        workflow: async (test, context) => {
          runs.count += 1;
          if (runs.count !== 3) await mailing.workflow(test, context);
        },
        recover: () => {},
      },
      ({ cells }) => {
        expect(cells.map(({ verdict }) => verdict)).to.deep.equal(['holds', 'not met']);
        expect(cells[1]?.error).to.match(/^The call was not made this time.*\n.*no port controls/);
      },
    ),
  );

  const others = { count: 0 };
  it(
    'in which other calls come before the fault is no success',
    sweeping(
      {
        ...mailing,
        ports: [Mailer],
        faults: ['twice'],
        workflow: async (test, context) => {
          others.count += 1;
          if (others.count === 2) await (await test.get(Orders)).has('order 1', context.signal);
          await mailing.workflow(test, context);
        },
      },
      ({ cells }) => {
        expect(cells[0]).to.include({ verdict: 'diverged', outcome: 'returned' });
        expect(cells[0]?.error).to.include('Before the fault it called Orders.has');
      },
    ),
  );

  const turns = { count: 0 };
  it(
    'in which calls come in another order still meets its call, and is told',
    sweeping(
      {
        ports: [Orders],
        faults: ['fails-before'],
        workflow: async ({ get }, { signal }) => {
          const [orders, mailer] = [await get(Orders), await get(Mailer)];
          const calls = [() => orders.has('order 1', signal), () => mailer.send('welcome', { signal })];
          turns.count += 1;
          await Promise.all((turns.count === 2 ? calls.reverse() : calls).map((call) => call()));
        },
        recover: () => {},
        holds: (_, { faulted, outcome }) => expect(outcome.ended).to.equal(faulted ? 'threw' : 'returned'),
      },
      ({ cells, isReordered }) => {
        expect(cells.map(({ verdict }) => verdict)).to.deep.equal(['holds']);
        expect(isReordered).to.equal(true);
      },
    ),
  );

  it(
    'fails where the workflow goes on to the deadline after it was aborted',
    sweeping(
      {
        ...mailing,
        faults: ['fails-before', 'aborts'],
        workflow: async (test, context) => {
          const clock = await test.get(Clock);
          await mailing.workflow(test, context).catch(() => clock.sleep(60_000));
        },
        recover: () => {},
      },
      ({ cells }) => {
        expect(cells.map(({ outcome, verdict }) => [outcome, verdict])).to.deep.equal([
          ['returned', 'holds'],
          ['ignored the abort', 'failed'],
        ]);
      },
    ),
  );
});
