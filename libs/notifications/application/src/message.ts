import type { EventView } from './ports/events.ts';
import type { Outgoing } from './ports/notifications-reader.ts';
import type { WebhookMessage } from './ports/webhook-transport.ts';

/** What receivers are told of an event. Its id is the delivery's, and the same at every attempt. */
export function messageOf({ delivery, event }: Outgoing): Pick<WebhookMessage, 'id' | 'body'> {
  return { id: delivery.id, body: bodyOf(event) };
}

export function bodyOf({
  id,
  type,
  subject,
  data,
  occurredAt,
}: Omit<EventView, 'number' | 'type'> & { type: string }): string {
  return JSON.stringify({ type, timestamp: occurredAt.toISOString(), eventId: id, subject, data });
}
