import { sentences, type Fault } from './faults.ts';

/** A call that a fault is injected into. */
export type FaultedCall = {
  /** Such as `Payments.charge`, or `Transaction.run ends` where the work of a transaction has handed back its answer. */
  readonly what: string;
  /** The row of the matrix, from 1. */
  readonly number: number;
  readonly fault: Fault;
};

/** What a call rejects with, and what the workflow's signal aborts with, where nothing else was asked for. */
export class InjectedFault extends Error {
  readonly what: string;
  readonly number: number;
  readonly fault: Fault;

  constructor(faulted: FaultedCall) {
    super(`Injected: ${where(faulted)}.`);
    this.name = 'InjectedFault';
    this.what = faulted.what;
    this.number = faulted.number;
    this.fault = faulted.fault;
  }
}

/** Such as `Payments.charge (call 1) is delivered twice`. */
export function where({ what, number, fault }: FaultedCall): string {
  return `${what} (call ${number}) ${sentences[fault]}`;
}
