import { DeviceName, type DeviceSnapshot } from '#devices/domain';
import { isCancellation, ok, type Result } from '#kernel';
import type { ImportReport, RowOutcome, RowRefused, RowReport } from '../import/import-report.ts';
import { ImportRow, type ImportOptions, type ImportPorts } from '../import/import-row.ts';
import type { DeviceTable, DeviceTableRow, TableRefused } from '../ports/device-table.ts';

export type ImportDevicesCommand = ImportOptions & { readonly bytes: AsyncIterable<Uint8Array> };
export type ImportDevicesError = TableRefused;

export const IMPORT_LIMITS = { rows: 10_000, bytes: 16 * 1024 * 1024 };
/** How long rows are begun. Less than a request may take, so that whoever asked is told how far it came. */
export const IMPORT_MS = 20_000;
/** How many devices are looked up at once. */
const BATCH = 200;
/** How often a row is tried whose device others change at the same time. */
const ATTEMPTS = 3;

/**
 * Brings devices to what a table says of them, each row for itself: a row is done in whole or not at all, whatever becomes of
 * the others. The table is read to its end first, and when it is refused nothing was done.
 *
 * The same table again changes nothing more, with `onExisting: 'update'`: an import that was stopped is continued by
 * repeating it. One that is cancelled answers what it has done until then. Any other failure rejects and leaves the rows
 * before it done.
 */
export class ImportDevices {
  readonly #table: DeviceTable;
  readonly #ports: ImportPorts;

  constructor(table: DeviceTable, ports: ImportPorts) {
    this.#table = table;
    this.#ports = ports;
  }

  async execute(
    { bytes, ...options }: ImportDevicesCommand,
    { signal }: { signal: AbortSignal },
  ): Promise<Result<ImportReport, ImportDevicesError>> {
    const table = await this.#table.read(bytes, IMPORT_LIMITS, signal);
    if (!table.ok) return table;

    using time = this.#ports.clock.deadline(IMPORT_MS, signal);
    const { dryRun } = options;
    const importRow = new ImportRow(this.#ports, options);
    const rows: RowReport[] = [];
    const firstLines = new Map<string, number>();
    let known: ReadonlyMap<string, DeviceSnapshot> = new Map();
    for (const [index, row] of table.value.entries()) {
      const { line, name } = row;
      try {
        time.signal.throwIfAborted();
        if (index % BATCH === 0) known = await this.#named(table.value.slice(index, index + BATCH), signal);
        const refusal = wrongName(row, firstLines);
        const outcome = refusal === null ? await this.#import(importRow, row, known, signal) : refused(refusal);
        rows.push({ line, name, ...outcome });
      } catch (error) {
        if (!isCancellation(error, time.signal)) throw error;
        return ok({ dryRun, rows, stopped: { line, why: signal.aborted ? 'cancelled' : 'time is up' } });
      }
    }
    return ok({ dryRun, rows, stopped: null });
  }

  /** Others may change the device between the look at it and the writing: then it is looked at again. */
  async #import(
    importRow: ImportRow,
    row: DeviceTableRow,
    known: ReadonlyMap<string, DeviceSnapshot>,
    signal: AbortSignal,
  ): Promise<RowOutcome> {
    const key = row.name.toLowerCase();
    let existing = known.get(key) ?? null;
    for (let attempt = 1; ; attempt += 1) {
      const written = await importRow.attempt(row, existing, signal);
      if (written.ok) return written.value;
      if (attempt === ATTEMPTS) return refused(written.error);
      existing = (await this.#named([row], signal)).get(key) ?? null;
    }
  }

  async #named(rows: readonly DeviceTableRow[], signal: AbortSignal): Promise<ReadonlyMap<string, DeviceSnapshot>> {
    const names = rows.map(({ name }) => name.toLowerCase());
    const found = await this.#ports.transaction.run(async ({ devices }) => ok(await devices.named(names)), signal);
    const snapshots = found.ok ? found.value.map((device) => device.snapshot()) : [];
    return new Map(snapshots.map((snapshot) => [snapshot.name, snapshot]));
  }
}

/** What is wrong with the name of a row among those that begin at `firstLines`, where its own line is noted. */
function wrongName({ name, line }: DeviceTableRow, firstLines: Map<string, number>): RowRefused | null {
  if (name === '') return { kind: 'MissingCells', columns: ['name'] };
  const parsed = DeviceName.parse(name);
  if (!parsed.ok) return parsed.error;
  const { text } = parsed.value;
  const first = firstLines.get(text);
  if (first !== undefined) return { kind: 'NameTwice', name: text, line: first };
  firstLines.set(text, line);
  return null;
}

function refused(refusal: RowRefused): RowOutcome {
  return { outcome: 'refused', refusal };
}
