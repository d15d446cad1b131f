import type { Json } from '#kernel';
import { KEEP_DAYS, PRUNE_JOB } from '#scheduling/application';
import { problemWithInput } from '#platform/http';
import type { JobType } from '#scheduling/contracts';
import { z } from 'zod';

export const prunePayload = z.strictObject({
  keepDays: z.int().min(1).max(36_500).default(KEEP_DAYS).describe('For how long jobs are kept after they have ended.'),
});

export class PruneJobType implements JobType {
  readonly name = PRUNE_JOB;

  problemWith(payload: Json): string | null {
    const parsed = prunePayload.safeParse(payload);
    return parsed.success ? null : problemWithInput(parsed.error);
  }
}
