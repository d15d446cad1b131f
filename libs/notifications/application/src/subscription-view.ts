import type { SubscriptionSnapshot } from '#notifications/domain';
import type { SubscriptionView } from './ports/notifications-reader.ts';

export function viewOf({ secret: _, previous: __, ...view }: SubscriptionSnapshot): SubscriptionView {
  return view;
}
