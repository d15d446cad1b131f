import type { EventView } from '../ports/events.ts';
import type { NotificationsReader } from '../ports/notifications-reader.ts';

export const LONGEST_PAGE = 200;

export type ListEventsQuery = { readonly after: number; readonly limit: number };

export class ListEvents {
  readonly #reader: NotificationsReader;

  constructor(reader: NotificationsReader) {
    this.#reader = reader;
  }

  /** The published events after a number, from 1 to {@link LONGEST_PAGE} of them. */
  async execute(query: ListEventsQuery, { signal }: { signal: AbortSignal }): Promise<readonly EventView[]> {
    return this.#reader.events(query, signal);
  }
}
