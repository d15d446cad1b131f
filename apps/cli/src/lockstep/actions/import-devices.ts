import { open } from 'node:fs/promises';
import { ImportDevices } from '#devices/application';
import { importProblem, importQuery, importReportOf } from '#devices/infrastructure';
import { CannotRun, type ExitCode } from '../../commands/outcome.ts';
import { orRefused, type Desk } from '../desk.ts';
import { parsed } from '../parse.ts';
import { listed } from '../text.ts';

/** Answers 1 when a row was refused, and when there was no time for all of them. */
export async function importDevices(
  desk: Desk,
  file: string,
  { dryRun = false, onExisting }: { readonly dryRun?: boolean; readonly onExisting?: string },
): Promise<ExitCode> {
  const query = parsed(importQuery, { dryRun: String(dryRun), onExisting });
  const bytes = file === '-' ? desk.surroundings.in : await opened(file);
  const imported = await (await desk.get(ImportDevices)).execute({ ...query, bytes }, { signal: desk.signal });
  const report = importReportOf(orRefused(imported, importProblem));
  const { counts, rows, stopped } = report;
  desk.show(report, () => {
    const said = rows.filter(({ outcome }) => dryRun || outcome === 'refused');
    const lines = said.map(({ line, name, outcome, problem }) => [String(line), name, outcome, problem?.detail ?? '']);
    return [
      ...(lines.length > 0 ? [listed(['line', 'name', 'outcome', 'why'], lines, { none: '' }), ''] : []),
      `${dryRun ? 'It would be: ' : ''}${
        Object.entries(counts)
          .flatMap(([outcome, count]) => (count > 0 ? [`${count} ${outcome}`] : []))
          .join(', ') || 'no rows'
      }.`,
      ...(stopped === null ? [] : [`Stopped at line ${stopped.line}, because ${stopped.why}: import the file again.`]),
    ].join('\n');
  });
  return stopped === null && rows.every(({ outcome }) => outcome !== 'refused') ? 0 : 1;
}

async function opened(file: string): Promise<AsyncIterable<Uint8Array>> {
  const handle = await open(file).catch((error: NodeJS.ErrnoException) => {
    throw new CannotRun(`${file} cannot be read (${error.code}).`);
  });
  return handle.createReadStream();
}
