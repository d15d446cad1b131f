import {
  DiffVersions,
  ListBackupStatuses,
  ListVersions,
  ReadVerification,
  ReadVersionContent,
  RequestUpkeep,
  type ContentView,
} from '#backups/application';
import {
  backupProblem,
  statusRepresentation,
  upkeepProblem,
  verificationRepresentation,
  verifyPayload,
  versionRepresentation,
} from '#backups/infrastructure';
import { ListDevices } from '#devices/application';
import { jobRepresentation } from '#scheduling/infrastructure';
import { z } from 'zod';
import { CannotRun, type ExitCode } from '../../commands/outcome.ts';
import { orRefused, type Desk } from '../desk.ts';
import { deviceOf, idOf, versionOf } from '../find.ts';
import { parsed } from '../parse.ts';
import { listed, moment } from '../text.ts';
import { allSucceeded, untilEnded, type Waiting } from '../wait.ts';
import { writeWhole } from '../write-whole.ts';

type Options = Readonly<Record<string, unknown>>;

const limit = z.coerce.number().int().min(1).max(200).default(50);
const versionsQuery = z.strictObject({ limit, after: z.coerce.number().int().min(1).max(2_147_483_647).optional() });
const statusQuery = z.strictObject({
  limit,
  state: z.enum(['never', 'current', 'stale', 'failing']).optional(),
  after: z.string().optional(),
});
const views = z.strictObject({ view: z.enum(['redacted', 'original', 'restore']) });

export async function listVersions(desk: Desk, device: string, { json: _, ...options }: Options): Promise<void> {
  const { limit: most, after = null } = parsed(versionsQuery, options);
  const { id: deviceId, name } = await deviceOf(desk, device);
  const list = await desk.get(ListVersions);
  const page = await list.execute({ deviceId, before: after, limit: most }, { signal: desk.signal });
  const { versions, next } = orRefused(page, backupProblem);
  desk.show({ items: versions.map(versionRepresentation), next }, () =>
    listed(
      ['version', 'collected', 'bytes', 'model', 'id'],
      versions.map((version) => [
        ...[
          `${name}@${version.sequence}`,
          moment(version.collectedAt),
          String(version.bytes),
          version.model,
          version.id,
        ],
      ]),
      { none: `No version of ${name} is stored yet.`, next },
    ),
  );
}

export async function listStatuses(desk: Desk, { json: _, ...options }: Options): Promise<void> {
  const { state = null, after, limit: most } = parsed(statusQuery, options);
  const query = { state, after: after === undefined ? null : idOf<'Device'>(after, 'device'), limit: most };
  const { statuses, next, counts } = await (await desk.get(ListBackupStatuses)).execute(query, { signal: desk.signal });
  const ids = statuses.map(({ deviceId }) => deviceId);
  const known = await (
    await desk.get(ListDevices)
  ).execute({ selection: { ids }, limit: 200 }, { signal: desk.signal });
  const nameOf = new Map(known.devices.map(({ id, name }) => [id, name]));
  desk.show({ items: statuses.map(statusRepresentation), next, counts }, () => {
    const rows = statuses.map((status) => [
      ...[nameOf.get(status.deviceId) ?? status.deviceId, status.state, moment(status.lastSuccessAt)],
      ...[String(status.consecutiveFailures), status.lastFailure?.reason ?? ''],
    ]);
    const total = Object.entries(counts).map(([one, count]) => `${count} ${one}`);
    const text = listed(['device', 'state', 'last success', 'failures', 'why the last one failed'], rows, {
      none: 'There is no such device.',
      next,
    });
    return `${text}\n\n${total.join(', ')}`;
  });
}

export async function diffVersions(
  desk: Desk,
  version: string,
  options: { readonly against?: string; readonly original?: boolean },
): Promise<void> {
  const versionId = await versionOf(desk, version);
  const against = options.against === undefined ? null : await versionOf(desk, options.against);
  const view = options.original === true ? 'original' : 'redacted';
  const diff = await (await desk.get(DiffVersions)).execute({ versionId, against, view }, { signal: desk.signal });
  const text = orRefused(diff, backupProblem);
  desk.show({ versionId, against, view, diff: text }, () => text.replace(/\n$/, '') || 'Nothing has changed.');
}

export async function verifyStore(
  desk: Desk,
  { json: _, wait = false, deadline, ...options }: Options & Waiting,
): Promise<ExitCode> {
  const number = (text: unknown): unknown => (text === undefined ? undefined : Number(text));
  const payload = parsed(verifyPayload, { ...options, of: number(options['of']), part: number(options['part']) });
  const request = await desk.get(RequestUpkeep);
  const requested = await request.execute({ kind: 'verify', payload }, { signal: desk.signal });
  const jobId = orRefused(requested, upkeepProblem);
  if (!wait) {
    desk.show({ jobId }, () => `The verification is job ${jobId}.`);
    return 0;
  }
  const waited = await untilEnded([{ id: jobId, what: 'verification' }], { ...(deadline && { deadline }) }, desk);
  const last = waited.jobs.get(jobId);
  const job = last === undefined ? null : jobRepresentation(last);
  if (!allSucceeded(waited)) {
    desk.show({ jobId, job, verification: null }, () => 'The store was not verified.');
    return 1;
  }
  const read = await desk.get(ReadVerification);
  const page = await read.execute({ id: jobId, after: null, limit: 100 }, { signal: desk.signal });
  const seen = verificationRepresentation(orRefused(page, upkeepProblem));
  desk.show({ jobId, job, verification: seen }, () => {
    const { contents, bytes, damaged, unreferenced, findings, next } = seen;
    const rows = findings.map((one) => [one.contentHash, one.kind, String(one.versions)]);
    const none = 'Nothing was found.';
    return `${contents} contents, ${bytes} bytes: ${damaged} damaged, ${unreferenced} unreferenced.\n${listed(['content', 'what', 'versions'], rows, { none, next })}`;
  });
  return seen.damaged === 0 ? 0 : 1;
}

/** The text goes to standard output as it is, or to a file that appears whole. */
export async function restoreVersion(
  desk: Desk,
  version: string,
  options: { readonly view: string; readonly output?: string; readonly force?: boolean },
): Promise<void> {
  const { view }: { readonly view: ContentView } = parsed(views, { view: options.view });
  const { output } = options;
  const { out } = desk.surroundings;
  if (desk.json && output === undefined) throw new CannotRun('--json tells about a file: name one by --output.');
  if (output === undefined && out.isTTY === true && view !== 'redacted') {
    throw new CannotRun('The text has secrets, which a terminal would show: name a file by --output, or use a pipe.');
  }
  const versionId = await versionOf(desk, version);
  const read = await (await desk.get(ReadVersionContent)).execute({ versionId, view }, { signal: desk.signal });
  const content = orRefused(read, backupProblem);
  if (output === undefined) {
    if (out.isTTY === true) desk.show({}, () => new TextDecoder().decode(content.bytes));
    else out.write(content.bytes);
    return;
  }
  await writeWhole(output, content.bytes, { replace: options.force === true });
  const about = versionRepresentation(content.version);
  desk.show({ ...about, view, file: output }, () => `Wrote ${content.bytes.length} bytes to ${output}.`);
}
