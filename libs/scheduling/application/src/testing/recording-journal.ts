import type { WorkerEvent, WorkerJournal } from '../ports/worker-journal.ts';

/** Keeps what a worker told, for a test to look at. */
export class RecordingJournal implements WorkerJournal {
  readonly events: WorkerEvent[] = [];

  get kinds(): readonly WorkerEvent['kind'][] {
    return this.events.map(({ kind }) => kind);
  }

  record(event: WorkerEvent): void {
    this.events.push(event);
  }
}
