import { expect } from 'chai';
import { once } from 'node:events';
import { z } from 'zod';
import { eventStreamResponse, eventText, readyText, streamEvents } from './event-streams.ts';
import type { HttpServer } from './http-routes.ts';
import type { HttpLimits } from './limits.ts';
import { FellBehind } from './live-feed.ts';
import { EventClient } from './testing/event-client.ts';
import { RunningServerTest } from './testing/running-server-test.ts';
import { withToken } from './testing/test-server-parts.ts';

const BIG = 'x'.repeat(4 * 1024);

class EventStreamsTest extends RunningServerTest {
  readonly signals: AbortSignal[] = [];
  /** How many frames the clients of `/frames` have been given. */
  readonly given: number[] = [];
  failure: Error | null = null;

  protected override limits(): Partial<HttpLimits> {
    return { streams: 60 };
  }

  protected override routes(on: HttpServer): void {
    const options = { exposeHeadRoute: false, schema: { response: { 200: eventStreamResponse } } };
    const waiting = (signal: AbortSignal): Promise<unknown> => once(signal, 'abort').catch(() => undefined);
    const { signals, given } = this;
    const failure = (): Error | null => this.failure;

    on.get('/quiet', options, async (_, reply) =>
      streamEvents(reply, async function* (signal) {
        signals.push(signal);
        yield readyText('0');
        if (!signal.aborted) await waiting(signal);
      }),
    );
    on.get('/three', options, async (_, reply) =>
      streamEvents(reply, async function* () {
        for (const n of [1, 2, 3]) yield eventText({ id: `${n}`, event: 'counted', data: { n, text: 'two\nlines' } });
        if (failure() !== null) throw failure();
      }),
    );
    const params = z.strictObject({ count: z.coerce.number() });
    on.get('/frames/:count', { ...options, schema: { ...options.schema, params } }, async (request, reply) =>
      streamEvents(reply, async function* (signal) {
        const { count } = request.params;
        signals.push(signal);
        const index = given.push(0) - 1;
        for (let n = 1; n <= count && !signal.aborted; n += 1) {
          yield eventText({ id: `${n}`, event: 'counted', data: BIG });
          given[index] = n;
        }
        if (!signal.aborted) await waiting(signal);
      }),
    );
  }

  async follow(path: string, reads = true): Promise<EventClient> {
    const client = await EventClient.open(this.running.url + path, { headers: withToken, signal: this.signal, reads });
    return this.use(client);
  }
}

const t = EventStreamsTest.install();

describe('a stream of events', function () {
  // Fifty clients on a machine that has other things to do.
  this.timeout(10_000);

  it(
    'is sent as what it is, with its ids, until there is nothing more',
    t.test(async ({ follow }) => {
      const client = await follow('/three');

      await client.ended;

      expect(client.status).to.equal(200);
      expect(client.headers).to.include({
        'content-type': 'text/event-stream',
        'cache-control': 'no-store',
        'x-accel-buffering': 'no',
        'x-content-type-options': 'nosniff',
      });
      expect(client.events.map(({ id, event, data }) => [id, event, data])).to.deep.equal(
        [1, 2, 3].map((n) => [`${n}`, 'counted', JSON.stringify({ n, text: 'two\nlines' })]),
      );
    }),
  );

  it(
    'says at its beginning where it begins, and beats when there is nothing to tell',
    t.test(async ({ follow, clock }) => {
      const client = await follow('/quiet');
      await client.until(({ events }) => events.length === 1);

      for (const beats of [2, 3, 4]) {
        await clock.advance(15_000);
        await client.until((seen) => seen.beats === beats);
      }

      expect(client.events).to.deep.equal([{ id: '0', event: 'ready', data: '{}' }]);
    }),
  );

  it(
    'costs nothing any more when its client has gone away',
    t.test(async ({ follow, clock, signals, eventually }) => {
      const client = await follow('/quiet');
      await client.until(({ events }) => events.length === 1);

      client[Symbol.dispose]();
      await eventually({ what: 'the stream to end', probe: () => signals[0]!.aborted });

      await eventually({ what: 'no timer to be left', probe: () => clock.waiting === 0 });
    }),
  );

  it(
    'is cut off when its client takes nothing, and holds no more than a buffer; 50 others get everything',
    t.test(async ({ follow, given, signals, clock, eventually }) => {
      await follow('/frames/10000', false);
      const quick = await Promise.all(Array.from({ length: 50 }, () => follow('/frames/40')));

      await Promise.all(quick.map((client) => client.until(({ events }) => events.length === 40)));
      await eventually({ what: 'its buffers to be full', probe: stands(() => given[0]) });
      const before = given[0];
      await clock.advance(15_000);
      await clock.advance(15_000);
      await eventually({ what: 'the slow one to be cut off', probe: () => signals[0]!.aborted });

      // Of forty megabytes: what the kernel holds, and a few frames.
      expect(given[0]).to.equal(before).and.to.be.lessThan(5_000);
      expect(quick.map((client) => client.lastId)).to.deep.equal(quick.map(() => '40'));
      await eventually({ what: 'the others to be alive', probe: () => quick.every(({ beats }) => beats === 3) });
    }),
  );

  it(
    'is refused when as many are open as may be, until one of them has gone',
    t.test(async ({ follow, http, eventually }) => {
      const clients = await Promise.all(Array.from({ length: 60 }, () => follow('/quiet')));

      const refused = await http.get('/quiet');
      clients[0]![Symbol.dispose]();

      expect(refused.status).to.equal(503);
      expect(refused.body).to.include({ code: 'too-many-streams' });
      expect(refused.headers).to.include({ 'retry-after': '5' });
      await eventually({ what: 'a place', probe: async () => (await follow('/quiet')).status === 200 });
    }),
  );

  it(
    'ends at once when the server closes, also where the client takes nothing',
    t.test(async ({ follow, running, given, signals, signal, eventually }) => {
      const client = await follow('/quiet');
      await follow('/frames/10000', false);
      await eventually({ what: 'buffers to be full', probe: stands(() => given[0]) });

      await running.close();

      expect(signal.aborted, 'whether the test had to end the streams').to.equal(false);
      await client.ended;
      expect(signals.map(({ aborted }) => aborted)).to.deep.equal([true, true]);
      expect(client.names).to.deep.equal(['ready']);
    }),
  );

  it(
    'says that its client has to resume when that fell behind, and nothing when it failed; the log says it then',
    t.test(async (test) => {
      test.failure = new FellBehind('too slow');
      const behind = await test.follow('/three');
      await behind.ended;
      test.failure = new Error('no database');
      const failed = await test.follow('/three');
      await failed.ended;

      expect(behind.names).to.deep.equal(['counted', 'counted', 'counted', 'lagged']);
      expect(behind.lastId).to.equal('3');
      expect(failed.names).to.deep.equal(['counted', 'counted', 'counted']);
      const told = test.parts.logger.lines.filter(({ level }) => level === 'error');
      expect(told.map(({ message }) => message)).to.deep.equal(['A stream of events failed.']);
    }),
  );

  it(
    'has no answer to HEAD: it would have no end',
    t.test(async ({ http }) => {
      expect((await http.ask('HEAD' as 'GET', '/quiet')).status).to.equal(405);
    }),
  );
});

/** Whether a number has stayed what it is for many looks. */
function stands(number: () => number | undefined): () => boolean {
  let seen = { number: number(), times: 0 };
  return () => {
    const now = number();
    seen = { number: now, times: now === seen.number ? seen.times + 1 : 0 };
    return now !== undefined && now > 0 && seen.times === 10;
  };
}
