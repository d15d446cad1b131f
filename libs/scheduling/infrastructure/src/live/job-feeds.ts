import type { Clock } from '#kernel';
import { LiveFeed } from '#platform/http';
import type { Logger } from '#platform/logging';
import type { HistoryCursor, HistoryPage, JobHistory, JobNotices, KeptEvent } from '#scheduling/application';
import type { JobId, JobState } from '#scheduling/domain';
import { eventFrame } from './event-frame.ts';
import { SharedNotices } from './shared-notices.ts';

type Place = readonly [tx: bigint, id: bigint];

/** Something that happened to a job, and the text that all who follow are sent of it. */
export type FollowedEvent = {
  readonly event: KeptEvent;
  readonly text: string;
  readonly place: Place;
  readonly bytes: number;
};

export type JobFeedsParts = {
  readonly history: JobHistory;
  readonly notices: JobNotices;
  readonly clock: Clock;
  readonly logger: Logger;
};

/** Where the history of every job begins. */
export const BEGINNING = '0.0' as HistoryCursor;

/** Events of all jobs are held back while an older transaction is open, and no notice comes when it ends. */
const POLL_ALL_MS = 500;
const POLL_ONE_MS = 2_000;

type Feed = LiveFeed<Place, FollowedEvent>;
type Shared = { readonly feed: Feed; followers: number };

/**
 * What happens to jobs, as it happens: one reader for all jobs, and one for each job that somebody follows, however many do. That
 * of one job is not held back by other transactions; nobody waits for the progress of a job because of somebody's long query.
 */
export class JobFeeds {
  readonly #parts: JobFeedsParts;
  readonly #notices: SharedNotices;
  readonly #all: Feed;
  readonly #jobs = new Map<JobId, Shared>();

  constructor(parts: JobFeedsParts) {
    this.#parts = parts;
    this.#notices = new SharedNotices(parts.notices, this.#failed);
    this.#all = this.#feed(null, POLL_ALL_MS);
  }

  /** Where somebody begins who wants only what is new. */
  end(signal: AbortSignal): Promise<HistoryCursor> {
    return this.#parts.history.end(signal);
  }

  /** Whether something has happened to a job after a cursor. */
  async hasMore(id: JobId, after: HistoryCursor, signal: AbortSignal): Promise<boolean> {
    return (await this.#parts.history.ofJob(id, { after, limit: 1 }, signal)).length > 0;
  }

  /** What happens to any job after a cursor, until `signal` aborts. */
  ofAll(after: HistoryCursor, signal: AbortSignal): AsyncIterable<FollowedEvent> {
    return this.#all.follow(placeOf(after), signal);
  }

  /** What happens to a job after a cursor, until it has ended or `signal` aborts. */
  async *ofJob(id: JobId, after: HistoryCursor, signal: AbortSignal): AsyncGenerator<FollowedEvent, void, void> {
    const shared = this.#jobs.get(id) ?? { feed: this.#feed(id, POLL_ONE_MS), followers: 0 };
    this.#jobs.set(id, shared);
    shared.followers += 1;
    try {
      for await (const followed of shared.feed.follow(placeOf(after), signal)) {
        yield followed;
        const { state, cursor } = followed.event;
        // Who is behind may see an end after which the job was done again.
        if (hasEnded(state) && !(await this.hasMore(id, cursor, signal))) return;
      }
    } finally {
      shared.followers -= 1;
      if (shared.followers === 0) this.#jobs.delete(id);
    }
  }

  #feed(id: JobId | null, pollMs: number): Feed {
    const { history, clock } = this.#parts;
    const page = (request: HistoryPage, signal: AbortSignal): Promise<readonly KeptEvent[]> =>
      id === null ? history.all(request, signal) : history.ofJob(id, request, signal);
    return new LiveFeed<Place, FollowedEvent>({
      read: async ([tx, last], limit, signal) => {
        const events = await page({ after: `${tx}.${last}` as HistoryCursor, limit }, signal);
        return events.map(followedOf);
      },
      compare: id === null ? byTransaction : byId,
      hints: (wake, stop) => this.#notices.wakeOn(id, wake, stop),
      pollMs,
      clock,
      failed: this.#failed,
    });
  }

  readonly #failed = (error: unknown): void =>
    this.#parts.logger.warn('What happens to jobs could not be read; trying again soon.', { error: error as Error });
}

export function hasEnded(state: JobState): boolean {
  return state !== 'queued' && state !== 'running';
}

function followedOf(event: KeptEvent): FollowedEvent {
  const text = eventFrame(event);
  return { event, text, place: placeOf(event.cursor), bytes: 2 * text.length };
}

function placeOf(cursor: HistoryCursor): Place {
  const [tx = '0', id = '0'] = cursor.split('.');
  return [BigInt(tx), BigInt(id)];
}

function byTransaction(one: Place, other: Place): number {
  return Number(one[0] - other[0]) || byId(one, other);
}

function byId(one: Place, other: Place): number {
  return Number(one[1] - other[1]);
}
