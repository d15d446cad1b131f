import { EventClient, withToken } from '#platform/http/testing';
import { expect } from 'chai';
import { WebhookApiTest } from '../testing/webhook-api-test.ts';

class EventStreamTest extends WebhookApiTest {
  async follow(query = '', lastId?: string): Promise<EventClient> {
    const headers = { ...withToken, ...(lastId !== undefined && { 'last-event-id': lastId }) };
    const url = `${await this.listening()}/api/v1/events/stream${query}`;
    return this.use(await EventClient.open(url, { headers, signal: this.signal }));
  }

  /** Lets time pass until a client has what it is to have. */
  async until(what: string, probe: () => boolean): Promise<void> {
    await this.eventually({
      what,
      probe: async () => {
        await this.clock.advance(1_000);
        return probe();
      },
    });
  }

  readonly listening = this.fixture(async () => {
    const server = await this.application();
    this.defer(() => server.close(), 'the end of the server');
    return server.listen({ host: '127.0.0.1', port: 0 });
  });
}

const t = EventStreamTest.install();
const changed = (subject: string) => ({ type: 'device.changed', subject, data: {} }) as const;

describe('the stream of events', function () {
  this.timeout(10_000);

  it(
    'tells new events as they are published, and to whoever comes back those since then',
    t.test(async ({ published, follow, until }) => {
      await published(changed('a'));
      const client = await follow();
      await until('the beginning', () => client.events.length === 1);
      await published(changed('b'), { ...changed('c'), type: 'device.stale' });
      await until('two events', () => client.events.length === 3);
      client[Symbol.dispose]();
      await published(changed('d'));

      const back = await follow('?after=0', client.events[1]!.id);
      await until('the others', () => back.events.length === 3);
      const stale = await follow('?after=0&type=device.stale');
      await until('the stale one', () => stale.events.length === 2);

      expect(client.names).to.deep.equal(['ready', 'device.changed', 'device.stale']);
      expect(client.events.map(({ id }) => id)).to.deep.equal(['1', '2', '3']);
      expect(back.events.map(({ id }) => id)).to.deep.equal(['2', '3', '4']);
      expect(JSON.parse(back.events[2]!.data)).to.include({ number: 4, type: 'device.changed', subject: 'd' });
      expect(stale.events.map(({ id }) => id)).to.deep.equal(['0', '3']);
    }),
  );

  it(
    'says so when there are no such events any more, or not yet',
    t.test(async ({ http, published, stored }) => {
      await published(changed('a'), changed('b'), changed('c'));
      for (const [id, { number }] of stored.events) if (number === 2) stored.events.delete(id);

      const answers = await Promise.all([1, 4, 'x', -1].map((after) => http.get(`/events/stream?after=${after}`)));
      const header = await http.get('/events/stream', { headers: { 'last-event-id': 'x' } });

      expect(answers.map(({ body }) => body['code'])).to.deep.equal([
        'events-pruned',
        'unknown-event',
        'invalid-request',
        'invalid-request',
      ]);
      expect(answers[0]!.body).to.include({ status: 410, oldest: 3 });
      expect(header.status).to.equal(400);
    }),
  );
});
