import type { Clock } from '#kernel';
import { listenOnce } from '#platform/database';
import type { JobNotice, JobNotices, Randomness, WorkerJournal } from '#scheduling/application';
import { retryDelay, type JobId } from '#scheduling/domain';
import type { DataSource } from 'typeorm';
import { EVENTS_CHANNEL } from './job-statements.ts';

const backOff = { baseMs: 100, capMs: 5_000 };

export type PostgresJobNoticesParts = {
  readonly source: DataSource;
  readonly clock: Clock;
  readonly randomness: Randomness;
  readonly journal: WorkerJournal;
};

/** NOTIFY, sent with the change itself and so never before it is committed; a connection that is lost is made anew. */
export class PostgresJobNotices implements JobNotices {
  readonly #parts: PostgresJobNoticesParts;

  constructor(parts: PostgresJobNoticesParts) {
    this.#parts = parts;
  }

  async listen(onNotice: (notice: JobNotice) => void, stop: AbortSignal): Promise<void> {
    const { source, clock, randomness, journal } = this.#parts;
    let failures = 0;
    const listening = {
      channel: EVENTS_CHANNEL,
      clock,
      onListening: () => void (failures = 0),
      onNotification: (payload: string) => {
        const notice = noticeOf(payload);
        if (notice !== null) onNotice(notice);
      },
    };
    while (!stop.aborted) {
      try {
        await listenOnce(source, listening, stop);
      } catch (error) {
        failures += 1;
        const retryInMs = retryDelay(backOff, { failures, random: randomness.fraction() });
        journal.record({ kind: 'QueueFailed', doing: 'listen', error, retryInMs });
        await clock.sleep(retryInMs, stop).catch(() => undefined);
      }
    }
  }
}

function noticeOf(payload: string): JobNotice | null {
  const [about, id] = payload.split(' ');
  return (about === 'cancel' || about === 'change') && id ? { about, id: id as JobId } : null;
}
