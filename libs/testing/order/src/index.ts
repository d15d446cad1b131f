export { spoken, type Certificate } from './certificate.ts';
export { everyOrder, type EveryOrderOptions } from './every-order.ts';
export type { Exploration, ExploreOptions, FailedOrder } from './exploration.ts';
export { exploreOrders, replayOrder } from './explore-orders.ts';
export type { Order } from './order.ts';
export type { Outcome, Taken } from './taken.ts';
export type { Keys, KeysOf, Step } from './step.ts';
