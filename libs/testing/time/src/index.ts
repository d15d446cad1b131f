export { blockedActivity, trackActivity, type ActivitySource, type Blocked } from './activity-sources.ts';
export { Deadlock } from './deadlock.ts';
export { LeftoverTimers } from './leftover-timers.ts';
export type { Work } from './run-timeline.ts';
export { takeOverTimers, type GlobalTime } from './take-over-timers.ts';
export { underWay, type UnderWay } from './under-way.ts';
export { VirtualClock, type VirtualClockOptions } from './virtual-clock.ts';
