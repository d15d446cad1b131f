import { ListWebhooks } from '#notifications/application';
import { webhookRepresentation } from '#notifications/infrastructure';
import type { Desk } from '../desk.ts';
import { listed } from '../text.ts';

export async function listWebhooks(desk: Desk): Promise<void> {
  const webhooks = await (await desk.get(ListWebhooks)).execute({ signal: desk.signal });
  const items = webhooks.map(webhookRepresentation);
  desk.show({ items }, () =>
    listed(
      ['url', 'events', 'active', 'id'],
      items.map(({ url, eventTypes, active, id }) => [url, eventTypes.join(' ') || 'all', active ? 'yes' : 'no', id]),
      { none: 'There is no webhook.' },
    ),
  );
}
