import { Clock } from '#kernel';
import { ManualClock } from '#kernel/testing';
import { processEnvironment, readConfig } from '#platform/config';
import { stopSignal } from '#platform/system';
import { composeWorker } from '../composition-root.ts';
import { runWorker } from '../run-worker.ts';

/**
 * The worker with a clock that stands still: it sends no heartbeat and never notices that its lease has run out. What stops
 * its late writes is the fence alone.
 */
const config = readConfig(processEnvironment());
if (!config.ok || config.value.databaseUrl === null) throw new Error('The test has not configured its worker.');

const container = composeWorker(config.value, config.value.databaseUrl.reveal());
container.rebind(Clock).toConstantValue(new ManualClock());
await runWorker(container, { stop: stopSignal(), ready: () => process.send?.({ type: 'ready' }) });
process.exit(0);
