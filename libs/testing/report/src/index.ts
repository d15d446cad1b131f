export { honestReport } from './honest-report.ts';
export {
  collectRecords,
  failuresBehindTheEnd,
  leaveRecord,
  noteFailureBehindTheEnd,
  type FailureBehindTheEnd,
} from './run-record.ts';
