import type { ListDeliveries, RedeliverEvent } from '#notifications/application';
import { refuse, requestSignal, type HttpRoutes, type HttpServer } from '#platform/http';
import { problemOf } from './webhook.problems.ts';
import {
  deliveriesQuery,
  deliveriesSchema,
  deliveryOf,
  deliveryParams,
  deliverySchema,
  webhookParams,
} from './webhook.schemas.ts';

const tags = ['webhooks'];

export class DeliveryRoutes implements HttpRoutes {
  readonly #list: ListDeliveries;
  readonly #redeliver: RedeliverEvent;

  constructor(list: ListDeliveries, redeliver: RedeliverEvent) {
    this.#list = list;
    this.#redeliver = redeliver;
  }

  register(server: HttpServer): void {
    server.get(
      '/api/v1/webhooks/:id/deliveries',
      {
        schema: {
          tags,
          summary: 'List the deliveries to a webhook',
          params: webhookParams,
          querystring: deliveriesQuery,
          response: { 200: deliveriesSchema },
        },
      },
      async (request, reply) => {
        const { limit, ...page } = request.query;
        // One more than asked for tells whether there is a next page.
        const query = { ...page, subscriptionId: request.params.id, limit: limit + 1 };
        const found = await this.#list.execute(query, { signal: requestSignal(request) });
        if (!found.ok) return refuse(reply, problemOf(found.error));
        const items = found.value.slice(0, limit).map(deliveryOf);
        return { items, next: found.value.length > limit ? (items.at(-1)?.id ?? null) : null };
      },
    );

    server.post(
      '/api/v1/webhooks/:id/deliveries/:deliveryId/redeliver',
      {
        schema: {
          tags,
          summary: 'Send a delivery again that has ended; it keeps its id',
          params: deliveryParams,
          response: { 202: deliverySchema },
        },
      },
      async (request, reply) => {
        const { id: subscriptionId, deliveryId } = request.params;
        const command = { subscriptionId, deliveryId };
        const again = await this.#redeliver.execute(command, { signal: requestSignal(request) });
        return again.ok ? reply.code(202).send(deliveryOf(again.value)) : refuse(reply, problemOf(again.error));
      },
    );
  }
}
