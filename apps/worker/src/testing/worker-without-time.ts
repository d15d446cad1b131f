import { Clock, type Deadline } from '#kernel';
import { ManualClock } from '#kernel/testing';
import { processEnvironment, readConfig } from '#platform/config';
import { stopSignal, SystemClock } from '#platform/system';
import { composeWorker } from '../composition-root.ts';
import { runWorker } from '../run-worker.ts';

const SHORTEST_LEASE_MS = 2_000;

/** Stands still, but for a dialogue that waits a moment to see whether the device says more. */
class StandingClock extends ManualClock {
  readonly #real = new SystemClock();

  override deadline(milliseconds: number, parent?: AbortSignal): Deadline {
    if (milliseconds < SHORTEST_LEASE_MS) return this.#real.deadline(milliseconds, parent);
    return super.deadline(milliseconds, parent);
  }
}

/**
 * The worker with a clock that stands still: it sends no heartbeat and never notices that its lease has run out. What stops
 * its late writes is the fence alone.
 */
const config = readConfig(processEnvironment());
if (!config.ok || config.value.databaseUrl === null) throw new Error('The test has not configured its worker.');

const container = composeWorker(config.value, config.value.databaseUrl.reveal());
container.rebind(Clock).toConstantValue(new StandingClock());
await runWorker(container, { stop: stopSignal(), ready: () => process.send?.({ type: 'ready' }) });
process.exit(0);
