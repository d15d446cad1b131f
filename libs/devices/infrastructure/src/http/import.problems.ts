import type { ImportDevicesError, RowRefused } from '#devices/application';
import { assertNever } from '#kernel';
import type { Problem } from '#platform/http';
import { problemOf } from './device.problems.ts';

/** Why a whole table is refused. */
export function tableProblemOf(refusal: ImportDevicesError): Problem {
  const { kind, ...facts } = refusal;
  switch (refusal.kind) {
    case 'TableUnreadable': {
      const detail = `The table cannot be read, because ${refusal.reason}: line ${refusal.line}. Nothing was imported.`;
      return { status: 422, code: 'unreadable-table', detail, facts };
    }
    case 'UnknownColumn': {
      const detail =
        `Column ${refusal.column} is not known. The first line has to name the columns, and they can be ` +
        `${refusal.known.join(', ')}. Nothing was imported.`;
      return { status: 422, code: 'unknown-column', detail, facts };
    }
    case 'TableTooLarge': {
      const detail = `A table has at most ${refusal.rows} rows and ${refusal.bytes} bytes. Nothing was imported: send it in parts.`;
      return { status: 413, code: 'table-too-large', detail, facts };
    }
    default:
      return assertNever(refusal);
  }
}

/** Why one row of a table is refused. */
export function rowProblemOf(refusal: RowRefused): Problem {
  const { kind, ...facts } = refusal;
  switch (refusal.kind) {
    case 'MissingCells': {
      const detail = `The row says nothing under ${refusal.columns.join(', ')}, and has to.`;
      return { status: 422, code: 'missing-cells', detail, facts };
    }
    case 'UnusableCells': {
      const detail = `What the row says under ${refusal.columns.join(', ')} is not what belongs there.`;
      return { status: 422, code: 'unusable-cells', detail, facts };
    }
    case 'ConflictingCells': {
      const detail = `Only one of ${refusal.columns.join(' and ')} can be given.`;
      return { status: 422, code: 'conflicting-cells', detail, facts };
    }
    case 'NameTwice': {
      const detail = `The name "${refusal.name}" stands on line ${refusal.line} already. Only that row counts.`;
      return { status: 409, code: 'name-twice', detail, facts };
    }
    case 'DeviceExists': {
      const detail = `There is a device "${refusal.name}". Ask for onExisting=update to change it, or =skip to leave it.`;
      return { status: 409, code: 'device-exists', detail, facts };
    }
    default:
      return problemOf(refusal);
  }
}
