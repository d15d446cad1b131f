export { BullMqJobQueue, type BullMqSettings, type BullMqParts } from './bullmq-job-queue.ts';
