import { STORE_RETENTION_JOB, STORE_SWEEP_JOB, STORE_VERIFY_JOB } from '#backups/application';
import { z } from 'zod';
import { SchemaJobType } from '../job-payloads.ts';

const count = (least: number) => z.int().min(least).max(100_000);

export const verifyPayload = z
  .strictObject({
    mode: z
      .enum(['structure', 'bytes'])
      .default('bytes')
      .describe('Whether contents are there, or every byte of them.'),
    of: z.int().min(1).max(256).default(1).describe('In how many parts the store is gone through.'),
    part: z.int().min(1).max(256).nullable().default(null).describe('Which of them; null takes the next one.'),
  })
  .refine(({ part, of }) => part === null || part <= of, {
    path: ['part'],
    error: 'there are only as many parts as `of` says',
  });

export const sweepPayload = z.strictObject({});

/** A version is kept when any of the rules keeps it. */
export const retentionPayload = z.strictObject({
  rules: z.strictObject({
    keepLast: count(1).describe('So many of the newest.'),
    keepDays: count(0).default(0).describe('All of the last so many days.'),
    keepDaily: count(0).default(0).describe('The newest of each of the last so many days that have any.'),
    keepWeekly: count(0).default(0).describe('Likewise weeks, from Monday, UTC.'),
    keepMonthly: count(0).default(0).describe('Likewise months.'),
  }),
  dryRun: z.boolean().default(false).describe('Only counts what would be removed.'),
  deviceId: z.uuid().nullable().default(null).describe('Only of this device; null is for all of them.'),
});

export const storeJobTypes: readonly SchemaJobType[] = [
  new SchemaJobType(STORE_VERIFY_JOB, verifyPayload),
  new SchemaJobType(STORE_SWEEP_JOB, sweepPayload),
  new SchemaJobType(STORE_RETENTION_JOB, retentionPayload),
];
