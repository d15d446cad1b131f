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

  constructor({ what, number, fault }: FaultedCall) {
    super(`Injected: ${what} (call ${number}) ${sentences[fault]}.`);
    this.name = 'InjectedFault';
    this.what = what;
    this.number = number;
    this.fault = fault;
  }
}
