import type {
  ChangeWebhook,
  FindWebhook,
  ListWebhooks,
  RemoveWebhook,
  RotateWebhookSecret,
  Subscribed,
  SubscribeWebhook,
  TestWebhook,
} from '#notifications/application';
import { refuse, requestSignal, type HttpRoutes, type HttpServer } from '#platform/http';
import { z } from 'zod';
import { problemOf } from './webhook.problems.ts';
import {
  changeBody,
  representationOf,
  rotateBody,
  subscribeBody,
  testedSchema,
  webhookParams as params,
  webhookSchema,
  webhooksSchema,
  webhookWithSecretSchema,
} from './webhook.schemas.ts';

export type WebhookUseCases = {
  readonly subscribe: SubscribeWebhook;
  readonly list: ListWebhooks;
  readonly find: FindWebhook;
  readonly change: ChangeWebhook;
  readonly remove: RemoveWebhook;
  readonly rotate: RotateWebhookSecret;
  readonly test: TestWebhook;
};

const tags = ['webhooks'];

export class WebhookRoutes implements HttpRoutes {
  readonly #use: WebhookUseCases;

  constructor(useCases: WebhookUseCases) {
    this.#use = useCases;
  }

  register(server: HttpServer): void {
    this.#collection(server);
    this.#webhook(server);
    this.#secret(server);
  }

  #collection(server: HttpServer): void {
    server.post(
      '/api/v1/webhooks',
      { schema: { tags, summary: 'Add a webhook', body: subscribeBody, response: { 201: webhookWithSecretSchema } } },
      async (request, reply) => {
        const added = await this.#use.subscribe.execute(request.body, { signal: requestSignal(request) });
        if (!added.ok) return refuse(reply, problemOf(added.error));
        const webhook = withSecret(added.value);
        return reply.code(201).header('location', `/api/v1/webhooks/${webhook.id}`).send(webhook);
      },
    );

    server.get(
      '/api/v1/webhooks',
      { schema: { tags, summary: 'List webhooks', response: { 200: webhooksSchema } } },
      async (request) => {
        const webhooks = await this.#use.list.execute({ signal: requestSignal(request) });
        return { items: webhooks.map(representationOf) };
      },
    );
  }

  #webhook(server: HttpServer): void {
    server.get(
      '/api/v1/webhooks/:id',
      { schema: { tags, summary: 'Read a webhook', params, response: { 200: webhookSchema } } },
      async (request, reply) => {
        const found = await this.#use.find.execute(request.params, { signal: requestSignal(request) });
        return found.ok ? representationOf(found.value) : refuse(reply, problemOf(found.error));
      },
    );

    const summary = 'Change a webhook: what is left out stays as it is';
    server.patch(
      '/api/v1/webhooks/:id',
      { schema: { tags, summary, params, body: changeBody, response: { 200: webhookSchema } } },
      async (request, reply) => {
        const { version: basedOn, ...changes } = request.body;
        const command = { id: request.params.id, basedOn, ...changes };
        const changed = await this.#use.change.execute(command, { signal: requestSignal(request) });
        return changed.ok ? representationOf(changed.value) : refuse(reply, problemOf(changed.error));
      },
    );

    server.delete(
      '/api/v1/webhooks/:id',
      { schema: { tags, summary: 'Remove a webhook and its deliveries', params, response: { 204: z.void() } } },
      async (request, reply) => {
        const removed = await this.#use.remove.execute(request.params, { signal: requestSignal(request) });
        return removed.ok ? reply.code(204).send() : refuse(reply, problemOf(removed.error));
      },
    );
  }

  #secret(server: HttpServer): void {
    const summary = 'Give a webhook another secret; for a day its deliveries are signed with both';
    server.post(
      '/api/v1/webhooks/:id/secret',
      { schema: { tags, summary, params, body: rotateBody, response: { 200: webhookWithSecretSchema } } },
      async (request, reply) => {
        const command = { id: request.params.id, basedOn: request.body.version };
        const rotated = await this.#use.rotate.execute(command, { signal: requestSignal(request) });
        return rotated.ok ? withSecret(rotated.value) : refuse(reply, problemOf(rotated.error));
      },
    );

    server.post(
      '/api/v1/webhooks/:id/test',
      {
        schema: {
          tags,
          summary: 'Send a message of the type webhook.test now',
          params,
          response: { 200: testedSchema },
        },
      },
      async (request, reply) => {
        const tested = await this.#use.test.execute(request.params, { signal: requestSignal(request) });
        if (!tested.ok) return refuse(reply, problemOf(tested.error));
        if (tested.value.kind === 'NotReached') return { delivered: false, status: null, reason: tested.value.reason };
        const { status } = tested.value;
        return { delivered: status >= 200 && status < 300, status, reason: null };
      },
    );
  }
}

/** The one place that shows a secret, once. */
function withSecret({ subscription, secret }: Subscribed): z.infer<typeof webhookWithSecretSchema> {
  return { ...representationOf(subscription), secret: secret.reveal() };
}
