import type { JobEngine } from './engine.ts';

export const engineNames = ['lockstep', 'raw SQL', 'BullMQ'] as const;
export type EngineName = (typeof engineNames)[number];

/** Loaded by itself, so that no engine pays for the memory of another one. */
export const loadEngine: Readonly<Record<EngineName, () => Promise<JobEngine>>> = {
  lockstep: async () => (await import('./lockstep.ts')).lockstep,
  'raw SQL': async () => (await import('./raw-sql.ts')).rawSql,
  BullMQ: async () => (await import('./bull-mq.ts')).bullMq,
};
