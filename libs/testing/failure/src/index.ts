export { everyFault, type FaultOptions } from './every-fault.ts';
export { faultMatrix } from './fault-matrix.ts';
export type { FaultPlan, FaultTrial, SweptCall } from './fault-plan.ts';
export { failingCells, type FaultCell, type FaultSweep, type Verdict } from './fault-sweep.ts';
export { faults, type Fault } from './faults.ts';
export { FaultsNotBorne } from './faults-not-borne.ts';
export { InjectedFault, type FaultedCall } from './injected-fault.ts';
export { sweepFaults } from './sweep-faults.ts';
export type { WorkflowOutcome } from './workflow-outcome.ts';
