import { RecordingJournal } from './recording-journal.ts';
import { workerJournalContract } from './worker-journal.contract.ts';

workerJournalContract.holdsFor(RecordingJournal, () => {
  const journal = new RecordingJournal();
  return { journal, kept: () => journal.events.length };
});
