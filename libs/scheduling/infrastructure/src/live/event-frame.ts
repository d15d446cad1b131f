import { eventText } from '#platform/http';
import type { KeptEvent } from '#scheduling/application';

/** What is sent to those who follow: named after what happened, with the place to resume from. */
export function eventFrame(event: KeptEvent): string {
  const { cursor, jobId, type, at, kind, state, attempt, worker, by, reason, progress } = event;
  const data = { jobId, type, at: at.toISOString(), kind, state, attempt, worker, by, reason, progress };
  return eventText({ id: cursor, event: kind, data });
}
