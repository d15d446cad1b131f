import { abortable, assertNever, ok, type Clock, type Json, type Result, type Transaction } from '#kernel';
import {
  LeaseLost,
  type JobAttempt,
  type JobFailure,
  type JobHandler,
  type JobRun,
  type Jobs,
  type Lease,
} from '#scheduling/contracts';
import { once } from 'node:events';
import { connect, createServer, type AddressInfo } from 'node:net';
import { setImmediate } from 'node:timers/promises';
import { WORK, type Report, type WorkOrder } from './assignment.ts';

export type EffectStores = { readonly jobs: Jobs; readonly write: (lease: Lease) => Promise<void> };

export type WorkHandlerParts = {
  readonly transaction: Transaction<EffectStores>;
  readonly clock: Clock;
  readonly report: (report: Report) => void;
};

const SLICE_MS = 20;
const LATE_WRITE_MS = 5_000;

/** Works as its payload says, and leaves one effect per attempt, in a transaction that holds the job. */
export class WorkHandler implements JobHandler {
  readonly type = WORK;
  readonly #parts: WorkHandlerParts;

  constructor(parts: WorkHandlerParts) {
    this.#parts = parts;
  }

  async handle({ id, payload, lease }: JobAttempt, { signal }: JobRun): Promise<Result<Json, JobFailure>> {
    const { report } = this.#parts;
    const work = payload as WorkOrder;
    const where = { jobId: id, token: lease.token };
    report({ kind: 'started', ...where });
    if (work.mode === 'poison') process.kill(process.pid, 'SIGKILL');
    const isStubborn = work.mode === 'stubborn';
    try {
      await this.#work(work, signal);
      await this.#write(lease, isStubborn ? AbortSignal.timeout(LATE_WRITE_MS) : signal);
    } catch (error) {
      if (error instanceof LeaseLost) report({ kind: 'fenced', ...where });
      else if (signal.aborted) report({ kind: 'aborted', ...where });
      // Half of what is stubborn says that it is done although it was fenced: then the queue has to refuse that too.
      if (!(isStubborn && error instanceof LeaseLost && work.seq % 2 === 0)) throw error;
      return ok({ seq: work.seq });
    }
    report({ kind: 'written', ...where });
    return ok({ seq: work.seq });
  }

  async #work({ mode, workMs, blockMs = 0 }: WorkOrder, signal: AbortSignal): Promise<void> {
    const { clock } = this.#parts;
    switch (mode) {
      case 'stubborn':
        return clock.sleep(workMs);
      case 'busy':
        return busy(workMs, signal);
      case 'stuck':
        return stuck(signal);
      case 'blocking':
        hold(blockMs);
        return clock.sleep(workMs, signal);
      case 'honest':
        return clock.sleep(workMs, signal);
      case 'poison':
        throw new Error('Its process should be gone.');
      default:
        return assertNever(mode);
    }
  }

  async #write(lease: Lease, signal: AbortSignal): Promise<void> {
    const { transaction, report } = this.#parts;
    const written = await transaction.run(async ({ jobs, write }) => {
      await jobs.hold(lease);
      report({ kind: 'holding', jobId: lease.jobId, token: lease.token });
      await write(lease);
      return ok();
    }, signal);
    if (!written.ok) throw new Error('The effect was refused.');
  }
}

async function busy(milliseconds: number, signal: AbortSignal): Promise<void> {
  const end = performance.now() + milliseconds;
  while (performance.now() < end) {
    signal.throwIfAborted();
    hold(SLICE_MS);
    await setImmediate();
  }
}

function hold(milliseconds: number): void {
  const end = performance.now() + milliseconds;
  while (performance.now() < end);
}

/** Reads from a peer that took the connection and says nothing. */
async function stuck(signal: AbortSignal): Promise<void> {
  const server = createServer().listen(0, '127.0.0.1');
  try {
    await once(server, 'listening');
    const socket = connect({ port: (server.address() as AddressInfo).port, host: '127.0.0.1' });
    try {
      await abortable(once(socket, 'data'), signal);
    } finally {
      socket.destroy();
    }
  } finally {
    server.close();
  }
}
