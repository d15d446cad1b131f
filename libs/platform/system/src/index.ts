export { answerArguments } from './answer-arguments.ts';
export { reasonNotToStart, StartCheck } from './start-check.ts';
export { stopSignal } from './stop-signal.ts';
export { SystemClock } from './system-clock.ts';
export { systemModule } from './system.module.ts';
export { UuidIds } from './uuid-ids.ts';
