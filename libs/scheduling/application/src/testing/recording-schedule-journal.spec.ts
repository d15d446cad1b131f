import { RecordingScheduleJournal } from './recording-schedule-journal.ts';
import { scheduleJournalContract } from './schedule-journal.contract.ts';

scheduleJournalContract.holdsFor(RecordingScheduleJournal, () => {
  const journal = new RecordingScheduleJournal();
  return { journal, kept: () => journal.events.length };
});
