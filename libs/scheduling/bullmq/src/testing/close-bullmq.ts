import { eventually } from '#testing/lifecycle';
import type { DataSource } from 'typeorm';
import { BULLMQ_CONNECTIONS } from '../bullmq-tickets.ts';

const OPEN = `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND application_name = '${BULLMQ_CONNECTIONS}'`;

/** Closes what has connections of BullMQ, and waits for their end: its own promise settles before. */
export async function closeBullMq(opened: readonly AsyncDisposable[], source: DataSource): Promise<void> {
  await Promise.all(opened.map((one) => one[Symbol.asyncDispose]()));
  const probe = async (): Promise<boolean> => (await source.query<unknown[]>(OPEN)).length === 0;
  await eventually({ what: 'the connections of BullMQ to end', probe }, new AbortController().signal);
}
