export { explain } from './explain.ts';
export { History, type Invocation } from './history.ts';
export { linearize, type Linearization, type LinearizeLimits, type Refuted } from './linearize.ts';
export type { Model } from './model.ts';
export type { Answer, Answered, Operation } from './operation.ts';
export type { Placed, Reached } from './witness-search.ts';
