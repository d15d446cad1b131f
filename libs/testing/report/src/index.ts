export { honestReport } from './honest-report.ts';
export { leaveReport } from './leave-report.ts';
export { only, replayLine, testId, tokenAskedOf, type NamedTest, type ReplayKind } from './replay.ts';
export {
  collectRecords,
  failuresBehindTheEnd,
  leaveRecord,
  noteFailureBehindTheEnd,
  type FailureBehindTheEnd,
} from './run-record.ts';
