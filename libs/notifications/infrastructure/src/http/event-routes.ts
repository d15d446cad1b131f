import type { ListEvents } from '#notifications/application';
import { requestSignal, type HttpRoutes, type HttpServer } from '#platform/http';
import { eventOf, eventsQuery, eventsSchema } from './webhook.schemas.ts';

export class EventRoutes implements HttpRoutes {
  readonly #list: ListEvents;

  constructor(list: ListEvents) {
    this.#list = list;
  }

  register(server: HttpServer): void {
    server.get(
      '/api/v1/events',
      {
        schema: {
          tags: ['events'],
          summary: 'Read published events from a number on',
          querystring: eventsQuery,
          response: { 200: eventsSchema },
        },
      },
      async (request) => {
        const events = await this.#list.execute(request.query, { signal: requestSignal(request) });
        return { items: events.map(eventOf), next: events.at(-1)?.number ?? request.query.after };
      },
    );
  }
}
