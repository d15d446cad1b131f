import type { DeviceTable, DeviceTableLimits, DeviceTableRow, TableRefused } from '#devices/application';
import { err, ok, type Result } from '#kernel';
import { CsvError, parse } from 'csv-parse';
import { pipeline } from 'node:stream/promises';
import { RefusedTable } from './refused-table.ts';
import { TableRows } from './table-rows.ts';
import { Utf8Lines } from './utf8-lines.ts';

/** The longest row, in characters: enough for a private key. */
const LONGEST_ROW = 64 * 1024;

/** Tables in CSV (RFC 4180) and UTF-8, with or without a byte order mark, whose first line names the columns. */
export class CsvDeviceTable implements DeviceTable {
  async read(
    bytes: AsyncIterable<Uint8Array>,
    limits: DeviceTableLimits,
    signal: AbortSignal,
  ): Promise<Result<readonly DeviceTableRow[], TableRefused>> {
    signal.throwIfAborted();
    const rows = new TableRows(limits);
    const parser = parse({
      record_delimiter: ['\r\n', '\n'],
      relax_column_count: true,
      max_record_size: LONGEST_ROW,
      // Where the parser is, not where the reader of its stream is: an error belongs to the row behind the last one.
      on_record: (cells: readonly string[]) => void rows.take(cells),
    });
    try {
      await pipeline(textOf(bytes, limits), parser, drained, { signal });
      return ok(rows.all());
    } catch (error) {
      signal.throwIfAborted();
      if (error instanceof RefusedTable) return err(error.refusal);
      if (error instanceof CsvError) return err(rows.unreadable(reasonOf(error.code)));
      throw error;
    }
  }
}

async function* textOf(bytes: AsyncIterable<Uint8Array>, limits: DeviceTableLimits) {
  const lines = new Utf8Lines();
  let size = 0;
  for await (const chunk of bytes) {
    size += chunk.byteLength;
    if (size > limits.bytes) throw new RefusedTable({ kind: 'TableTooLarge', ...limits });
    yield lines.decode(chunk);
  }
  lines.end();
}

async function drained(records: AsyncIterable<unknown>): Promise<void> {
  for await (const record of records) throw new Error(`A record was taken twice: ${typeof record}.`);
}

/** In words of our own: those of the parser quote what it has read. */
function reasonOf(code: string): string {
  switch (code) {
    case 'CSV_QUOTE_NOT_CLOSED':
      return 'a quote is opened and not closed';
    case 'CSV_MAX_RECORD_SIZE':
      return `a row is longer than ${LONGEST_ROW} characters`;
    default:
      return 'a quote stands where none may be: double those inside a cell, and quote the whole cell';
  }
}
