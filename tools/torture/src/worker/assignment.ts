import type { WorkerSettings } from '#scheduling/application';
import type { PlantName } from '../plants/plant-names.ts';

/** What a process of the harness is told when it starts. */
export type Assignment = {
  readonly url: string;
  readonly settings: WorkerSettings;
  readonly plant: PlantName | null;
};

export const ASSIGNMENT = 'LOCKSTEP_TORTURE_ASSIGNMENT';

/** What the work of a job is like, as its payload says. */
export type WorkOrder = {
  readonly seq: number;
  readonly workMs: number;
  readonly mode: WorkMode;
  /** How long `blocking` work stops the event loop. */
  readonly blockMs?: number;
};

/**
 * `honest` ends when it is asked to; `stubborn` goes on and writes all the same; `busy` holds the processor and looks at its
 * signal between two slices; `stuck` waits for a socket that says nothing; `blocking` also stops the
 * event loop once; `poison` ends its process.
 */
export type WorkMode = 'honest' | 'stubborn' | 'busy' | 'stuck' | 'blocking' | 'poison';

export const WORK = 'torture.work';

/** What a process of the harness tells as it happens. What was told is kept although the process is killed a moment later. */
export type Report =
  | { readonly kind: 'ready' }
  | {
      readonly kind: 'started' | 'holding' | 'written' | 'fenced' | 'aborted';
      readonly jobId: string;
      readonly token: number;
    }
  | { readonly kind: 'event'; readonly event: string }
  | { readonly kind: 'pool'; readonly checkedOut: number; readonly waiting: number };
