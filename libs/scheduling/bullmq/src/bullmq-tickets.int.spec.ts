import { sequentialId } from '#kernel/testing';
import { DatabaseTest } from '#testing/database';
import { expect } from 'chai';
import { BullMqTickets, type Ticket } from './bullmq-tickets.ts';
import { bullMqSchema } from './testing/bullmq-schema.ts';
import { closeBullMq } from './testing/close-bullmq.ts';

const ticket = (n: number, priority = 5): Ticket => ({ id: String(n), jobId: sequentialId(n), priority });

class TicketsTest extends DatabaseTest {
  readonly #opened: BullMqTickets[] = [];

  protected override schemas() {
    return [bullMqSchema];
  }

  protected override rung() {
    return 'clone' as const;
  }

  protected override setUp(): void {
    this.defer(() => closeBullMq(this.#opened, this.database.source), 'the connections of BullMQ');
  }

  tickets(lockMs = 60_000): BullMqTickets {
    const tickets = new BullMqTickets({ url: this.database.url, lockMs });
    this.#opened.push(tickets);
    return tickets;
  }
}

const t = TicketsTest.install();
const idsOf = (tickets: readonly Ticket[]): readonly string[] => tickets.map(({ id }) => id);

describe('tickets in BullMQ', function () {
  this.timeout(10_000);

  it(
    'come with the higher priority first, then as they were put, each to one taker, and to none when there are no more',
    t.test(async ({ tickets }) => {
      const [one, other] = [tickets(), tickets()];
      await one.put([ticket(1), ticket(2, 9), ticket(3), ticket(4, 0)]);

      const taken = [await one.take(2), await other.take(10), await one.take(1)];

      expect(taken.map(idsOf)).to.deep.equal([['2', '1'], ['3', '4'], []]);
      expect(taken[0]![0]).to.include({ jobId: sequentialId(2), priority: 9 });
    }),
  );

  it(
    'are put once, while they wait and while somebody has them, and again when they are used up',
    t.test(async ({ tickets }) => {
      const desk = tickets();
      await desk.put([ticket(1)]);
      await desk.put([ticket(1)]);
      const first = await desk.take(10);
      await desk.put([ticket(1)]);
      const none = await desk.take(10);

      await desk.use(first);
      await desk.put([ticket(1)]);

      expect([first, none, await desk.take(10)].map(idsOf)).to.deep.equal([['1'], [], ['1']]);
    }),
  );

  it(
    'come back from a taker that has not used them up, again and again',
    t.test(async ({ tickets, eventually }) => {
      const desk = tickets(50);
      await desk.put([ticket(1)]);

      for (let death = 0; death < 5; death += 1) {
        const probe = async (): Promise<boolean> => (await desk.take(1)).length === 1;
        await eventually({ what: `ticket to come, time ${death}`, probe });
      }
    }),
  );
});
