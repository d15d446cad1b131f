import type { JobProgress, JobRun } from '../job-handler.ts';

/** What a handler is given, with what it tells kept in `told`. */
export function jobRun(signal = new AbortController().signal): JobRun & { readonly told: readonly JobProgress[] } {
  const told: JobProgress[] = [];
  return { signal, told, progress: (progress) => void told.push(progress) };
}
