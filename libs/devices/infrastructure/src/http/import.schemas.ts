import type { ImportReport, RowReport } from '#devices/application';
import { z } from 'zod';
import { CsvUpload } from './csv-upload.ts';
import { rowProblemOf } from './import.problems.ts';

const OUTCOMES = ['created', 'updated', 'unchanged', 'skipped', 'refused'] as const;

const flag = z.stringbool({ truthy: ['true'], falsy: ['false'] }).default(false);
export const importQuery = z.strictObject({
  dryRun: flag.describe('Only say what would be done.'),
  onExisting: z
    .enum(['refuse', 'update', 'skip'])
    .default('refuse')
    .describe('What to do with a row whose device is there already.'),
});
export const csvBody = z
  .instanceof(CsvUpload)
  .meta({ type: 'string' })
  .describe(
    'CSV in UTF-8, whose first line names the columns: `name`, and any of `address`, `port` (22), `model`, `enabled` ' +
      '(`true` or `false`), `tags` (between spaces or semicolons), `username`, `password`, `private_key`, `passphrase` ' +
      'and `host_key` (algorithm, space, fingerprint; it counts as verified). A new device needs an address, a model and a ' +
      'login. An empty cell leaves what is there. Up to 10,000 rows and 16 MiB.',
  );

const rowSchema = z.strictObject({
  line: z.int().describe('Where the row begins in the file.'),
  name: z.string(),
  outcome: z.enum(OUTCOMES),
  deviceId: z.uuid().nullable(),
  problem: z.strictObject({ code: z.string(), detail: z.string() }).nullable().describe('Why the row is refused.'),
});
export const importReportSchema = z
  .strictObject({
    dryRun: z.boolean(),
    counts: z.strictObject(Object.fromEntries(OUTCOMES.map((outcome) => [outcome, z.int()]))),
    rows: z.array(rowSchema),
    stopped: z
      .strictObject({ line: z.int(), why: z.enum(['time is up', 'cancelled']) })
      .nullable()
      .describe(
        'Where the import ended before the file did. Send it again with another `onExisting` than `refuse` to go on.',
      ),
  })
  .meta({ id: 'DeviceImport' });

export function importReportOf({ dryRun, rows, stopped }: ImportReport): z.infer<typeof importReportSchema> {
  const counts = Object.fromEntries(
    OUTCOMES.map((outcome) => [outcome, rows.filter((row) => row.outcome === outcome).length]),
  );
  return { dryRun, counts, rows: rows.map(reportOf), stopped };
}

function reportOf(row: RowReport): z.infer<typeof rowSchema> {
  const { line, name, outcome } = row;
  if (outcome !== 'refused') return { line, name, outcome, deviceId: row.deviceId, problem: null };
  const { code, detail } = rowProblemOf(row.refusal);
  return { line, name, outcome, deviceId: null, problem: { code, detail } };
}
