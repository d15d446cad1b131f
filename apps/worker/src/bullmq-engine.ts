import { BullMqJobQueue } from '#scheduling/bullmq';
import type { WorkerEngine } from './composition-root.ts';

/** Loaded only where it is asked for: a worker without BullMQ starts none of it. Its connections end with the process. */
export function bullMqEngine(url: string): WorkerEngine {
  return (parts) => new BullMqJobQueue(parts, { url });
}
