import { flushCompileCache } from 'node:module';
import { poolUsage } from '#platform/database';
import { stopSignal } from '#platform/system';
import { JobWorker, ScheduleRunner } from '#scheduling/application';
import { DataSource } from 'typeorm';
import { ASSIGNMENT, type Assignment, type Report } from './assignment.ts';
import { composeHarnessWorker } from './composition-root.ts';

/** A worker of a campaign: tells what it does over its channel, and ends with whoever started it. */
const stop = stopSignal();
const assignment = JSON.parse(process.env[ASSIGNMENT] ?? '') as Assignment;
const report = (told: Report): void => void process.send?.(told);

process.on('disconnect', () => process.exit(3));
const container = await composeHarnessWorker(assignment, report);
const source = container.get(DataSource);
process.on('message', () => {
  const { checkedOut, waiting } = poolUsage(source);
  report({ kind: 'pool', checkedOut, waiting });
});
report({ kind: 'ready' });
// Most workers are killed, and would leave to the next ones what they have compiled.
flushCompileCache();
await Promise.all([container.get(JobWorker).run(stop), container.get(ScheduleRunner).run(stop)]);
await source.destroy();
process.exit(0);
