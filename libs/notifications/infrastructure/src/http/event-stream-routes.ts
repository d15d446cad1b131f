import { err, ok, type Clock, type Result } from '#kernel';
import type { EventView, NotificationsReader } from '#notifications/application';
import { EVENT_TYPES } from '#notifications/contracts';
import {
  eventStreamResponse,
  eventText,
  LiveFeed,
  readyText,
  refuse,
  requestSignal,
  streamEvents,
  type FeedItem,
  type HttpRoutes,
  type HttpServer,
  type Problem,
} from '#platform/http';
import type { Logger } from '#platform/logging';
import { z } from 'zod';
import { eventOf } from './webhook.schemas.ts';

type Followed = FeedItem<number> & { readonly type: string; readonly text: string };

export type EventStreamParts = {
  readonly reader: NotificationsReader;
  readonly clock: Clock;
  readonly logger: Logger;
};

/** Events are published about once a second: a notification would come hardly sooner than the next look. */
const POLL_MS = 1_000;

const after = z.coerce.number().int().min(0).max(Number.MAX_SAFE_INTEGER).optional();
const lastEventId = z
  .string()
  .regex(/^\d{1,15}$/)
  .transform(Number)
  .optional();

/** What is told to the outside, as server-sent events. */
export class EventStreamRoutes implements HttpRoutes {
  readonly #reader: NotificationsReader;
  readonly #feed: LiveFeed<number, Followed>;

  constructor({ reader, clock, logger }: EventStreamParts) {
    this.#reader = reader;
    this.#feed = new LiveFeed<number, Followed>({
      read: async (number, limit, signal) => (await reader.events({ after: number, limit }, signal)).map(followedOf),
      compare: (one, other) => one - other,
      pollMs: POLL_MS,
      clock,
      failed: (error) => logger.warn('Events could not be read; trying again soon.', { error: error as Error }),
    });
  }

  register(server: HttpServer): void {
    const headers = z.looseObject({
      'last-event-id': lastEventId.describe('As `after`, and before it: set by clients that come back.'),
    });
    const querystring = z.strictObject({
      after: after.describe('The number of the latest event that is known; only new events when left out.'),
      type: z.enum(EVENT_TYPES).optional().describe('Only events of this type.'),
    });
    const schema = { tags: ['events'], summary: 'Follow published events', headers, querystring };
    server.get(
      '/api/v1/events/stream',
      { exposeHeadRoute: false, schema: { ...schema, response: { 200: eventStreamResponse } } },
      async (request, reply) => {
        const { type } = request.query;
        const signal = requestSignal(request);
        const known = request.headers['last-event-id'] ?? request.query.after;
        const begun = known === undefined ? ok(await this.#reader.newest(signal)) : await this.#resumed(known, signal);
        if (!begun.ok) return refuse(reply, begun.error);
        const [from, feed] = [begun.value, this.#feed];
        return streamEvents(reply, async function* (until) {
          yield readyText(String(from));
          for await (const event of feed.follow(from, until)) if ((type ?? event.type) === event.type) yield event.text;
        });
      },
    );
  }

  /** Whether nothing is missing behind this number: numbers have no gaps but where events were removed. */
  async #resumed(number: number, signal: AbortSignal): Promise<Result<number, Problem>> {
    const [next] = await this.#reader.events({ after: number, limit: 1 }, signal);
    if (next !== undefined) return next.number === number + 1 ? ok(number) : err(pruned(next.number));
    return number === (await this.#reader.newest(signal)) ? ok(number) : err(unknown(number));
  }
}

function pruned(oldest: number): Problem {
  const detail = 'Events behind this one were removed. Read what there is, and follow without a number.';
  return { status: 410, code: 'events-pruned', detail, facts: { oldest } };
}

function unknown(number: number): Problem {
  const detail = `There is no event ${number} yet. Follow without a number, or with that of an event.`;
  return { status: 400, code: 'unknown-event', detail };
}

function followedOf(event: EventView): Followed {
  const { number, type } = event;
  const text = eventText({ id: String(number), event: type, data: eventOf(event) });
  return { place: number, bytes: 2 * text.length, type, text };
}
