import type { WorkerEvent, WorkerJournal } from '#scheduling/application';
import type { Report } from './assignment.ts';

/** Tells the campaign what the worker tells its log. */
export class ReportingJournal implements WorkerJournal {
  readonly #report: (report: Report) => void;

  constructor(report: (report: Report) => void) {
    this.#report = report;
  }

  record({ kind }: WorkerEvent): void {
    this.#report({ kind: 'event', event: kind });
  }
}
