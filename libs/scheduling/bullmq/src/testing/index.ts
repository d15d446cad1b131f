export { bullMqSchema } from './bullmq-schema.ts';
export { closeBullMq } from './close-bullmq.ts';
