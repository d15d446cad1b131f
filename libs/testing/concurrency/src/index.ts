export { directedBy, type Actor, type Director, type Stage } from './director.ts';
export { gate, type Gate } from './gate.ts';
export { proveIsolation, type Isolated } from './prove-isolation.ts';
export type { RacerOutcome, ValueOf } from './outcome.ts';
export { OutcomeTable, type Tally } from './outcome-table.ts';
export { race, type RaceOptions, type Racer, type Run } from './race.ts';
