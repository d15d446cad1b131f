export { honestReport } from './honest-report.ts';
export { leaveReport } from './leave-report.ts';
export {
  collectRecords,
  failuresBehindTheEnd,
  leaveRecord,
  noteFailureBehindTheEnd,
  type FailureBehindTheEnd,
} from './run-record.ts';
