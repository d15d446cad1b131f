import type { JobFacts } from './job-snapshot.ts';
import type { JobTerms } from './job-terms.ts';

/** The limits of a job that becomes due then. */
export function limitsFrom({ queueTimeoutMs, deadlineMs }: JobTerms, due: Date): Pick<JobFacts, 'startBy' | 'endBy'> {
  return { startBy: later(due, queueTimeoutMs), endBy: later(due, deadlineMs) };
}

export function later(time: Date, milliseconds: number | null): Date | null {
  return milliseconds === null ? null : new Date(time.getTime() + milliseconds);
}

export function hasCome(time: Date | null, now: Date): boolean {
  return time !== null && time <= now;
}
