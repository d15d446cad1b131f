import type { EventView, SubscriptionView } from '#notifications/application';
import { LONGEST_PAGE } from '#notifications/application';
import { EVENT_TYPES } from '#notifications/contracts';
import type { DeliverySnapshot } from '#notifications/domain';
import { idSchema } from '#platform/http';
import { z } from 'zod';

const url = z.string().min(1).max(2_000).describe('Where deliveries are posted: https, to a public address.');
const eventTypes = z.array(z.enum(EVENT_TYPES)).min(1).max(EVENT_TYPES.length).describe('What it is told.');
const version = z.int().min(1).describe('The version that was read before. Refused when it is not the latest.');
const limit = z.coerce.number().int().min(1).max(LONGEST_PAGE).default(50);

export const webhookParams = z.strictObject({ id: idSchema<'Subscription'>() });
export const deliveryParams = z.strictObject({ id: idSchema<'Subscription'>(), deliveryId: idSchema<'Delivery'>() });
export const subscribeBody = z.strictObject({ url, eventTypes });
export const changeBody = z.strictObject({
  version,
  url: url.exactOptional(),
  eventTypes: eventTypes.exactOptional(),
  active: z.boolean().exactOptional().describe('False tells it nothing more; true begins anew.'),
});
export const rotateBody = z.strictObject({ version });
export const deliveriesQuery = z.strictObject({
  state: z.enum(['waiting', 'delivered', 'dead']).nullable().default(null),
  before: idSchema<'Delivery'>().nullable().default(null).describe('The `next` of the page before.'),
  limit,
});
export const eventsQuery = z.strictObject({
  after: z.coerce
    .number()
    .int()
    .min(0)
    .max(Number.MAX_SAFE_INTEGER)
    .default(0)
    .describe('The `next` of the page before.'),
  limit,
});

export const webhookSchema = z
  .strictObject({
    id: z.uuid(),
    url: z.string(),
    eventTypes: z.array(z.string()),
    active: z.boolean(),
    disabled: z
      .enum(['by hand', 'gone', 'failing'])
      .nullable()
      .describe('Why it is not active: its receiver answered 410, or nothing got through for five days.'),
    failingSince: z.iso
      .datetime()
      .nullable()
      .describe('Since when nothing has got through; null when the last delivery did.'),
    version: z.int(),
    createdAt: z.iso.datetime(),
    changedAt: z.iso.datetime(),
  })
  .meta({ id: 'Webhook' });
export const webhookWithSecretSchema = z.strictObject({
  ...webhookSchema.shape,
  secret: z.string().describe('Deliveries are signed with it (Standard Webhooks). Never shown again.'),
});
export const webhooksSchema = z.strictObject({ items: z.array(webhookSchema) });
export const deliverySchema = z
  .strictObject({
    id: z.uuid().describe('The header `webhook-id` of every attempt.'),
    eventId: z.uuid(),
    state: z.enum(['waiting', 'delivered', 'dead']),
    attempts: z.int(),
    dueAt: z.iso.datetime().describe('Of the next attempt, while it waits.'),
    lastAnswer: z.string().nullable().describe('How the last attempt ended; null before the first.'),
    createdAt: z.iso.datetime(),
    finishedAt: z.iso.datetime().nullable(),
  })
  .meta({ id: 'Delivery' });
export const deliveriesSchema = z.strictObject({
  items: z.array(deliverySchema).describe('The newest first.'),
  next: z.uuid().nullable().describe('What to ask for as `before` to get the next page; null on the last one.'),
});
export const testedSchema = z.strictObject({
  delivered: z.boolean(),
  status: z.int().nullable().describe('What the receiver answered; null when it was not reached.'),
  reason: z.string().nullable().describe('Why it was not reached.'),
});
export const eventsSchema = z.strictObject({
  items: z
    .array(
      z
        .strictObject({
          number: z.int().describe('Counts the published events; none is left out.'),
          id: z.uuid(),
          type: z.string(),
          subject: z.string(),
          data: z.json(),
          occurredAt: z.iso.datetime(),
        })
        .meta({ id: 'Event' }),
    )
    .describe('In the order of publication.'),
  next: z.int().describe('What to ask for as `after` to get what comes next, now or later.'),
});

export function representationOf({ disabled, ...view }: SubscriptionView): z.infer<typeof webhookSchema> {
  return {
    ...view,
    eventTypes: [...view.eventTypes],
    active: disabled === null,
    disabled,
    failingSince: view.failingSince?.toISOString() ?? null,
    createdAt: view.createdAt.toISOString(),
    changedAt: view.changedAt.toISOString(),
  };
}

export function deliveryOf(delivery: DeliverySnapshot): z.infer<typeof deliverySchema> {
  const { id, eventId, state, attempts, lastAnswer } = delivery;
  return {
    ...{ id, eventId, state, attempts, lastAnswer },
    dueAt: delivery.dueAt.toISOString(),
    createdAt: delivery.createdAt.toISOString(),
    finishedAt: delivery.finishedAt?.toISOString() ?? null,
  };
}

export function eventOf(event: EventView): z.infer<typeof eventsSchema>['items'][number] {
  // The same values; only the schema's type lets them be changed.
  const data = event.data as z.infer<ReturnType<typeof z.json>>;
  return { ...event, data, occurredAt: event.occurredAt.toISOString() };
}
