import type { ScheduleEvent, ScheduleJournal } from '../schedules/ports/schedule-journal.ts';

export class RecordingScheduleJournal implements ScheduleJournal {
  readonly events: ScheduleEvent[] = [];

  get kinds(): readonly string[] {
    return this.events.map(({ kind }) => kind);
  }

  record(event: ScheduleEvent): void {
    this.events.push(event);
  }
}
