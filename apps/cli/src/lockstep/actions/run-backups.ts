import { ListBackupStatuses, RequestBackups, RequestBatch } from '#backups/application';
import { backupProblem } from '#backups/infrastructure';
import type { DeviceId, DeviceSelection } from '#devices/contracts';
import { ListDevices } from '#devices/application';
import type { JobId } from '#scheduling/domain';
import { jobRepresentation } from '#scheduling/infrastructure';
import { CannotRun, type ExitCode } from '../../commands/outcome.ts';
import { orRefused, type Desk } from '../desk.ts';
import { deviceOf } from '../find.ts';
import { selectionFrom } from '../selection.ts';
import type { Selecting } from '../served.ts';
import { allSucceeded, untilEnded, type Waited, type Waiting, type Watched } from '../wait.ts';

const PAGE = 200;

export async function runBackups(
  desk: Desk,
  names: readonly string[],
  options: Selecting & Waiting,
): Promise<ExitCode> {
  const selection = selectionFrom(options);
  if ((selection === null) === (names.length === 0))
    throw new CannotRun(
      'Say which devices: either their names, or what selects them, such as --any-tag core or --all.',
    );
  return selection === null ? runNamed(desk, names, options) : runBatch(desk, selection, options);
}

async function runNamed(desk: Desk, names: readonly string[], options: Waiting): Promise<ExitCode> {
  const nameOf = new Map<DeviceId, string>();
  for (const name of names) {
    const device = await deviceOf(desk, name);
    nameOf.set(device.id, device.name);
  }
  const request = await desk.get(RequestBackups);
  const outcome = await request.execute({ deviceIds: [...nameOf.keys()] }, { signal: desk.signal });
  const jobs = orRefused(outcome, backupProblem);
  const watched = jobs.map(({ deviceId, jobId }) => ({ id: jobId, what: nameOf.get(deviceId) ?? deviceId }));
  if (options.wait !== true) {
    desk.show({ jobs }, () =>
      jobs
        .map(({ deviceId, jobId, wasRequested }) => {
          return `${nameOf.get(deviceId)}: job ${jobId}${wasRequested ? ', which was under way already' : ''}`;
        })
        .join('\n'),
    );
    return 0;
  }
  const waited = await untilEnded(watched, options, desk);
  desk.show({ jobs: jobs.map((one) => ({ ...one, job: seen(waited, one.jobId) })) }, () => inAll(waited));
  return allSucceeded(waited) ? 0 : 1;
}

async function runBatch(desk: Desk, selection: DeviceSelection, options: Waiting): Promise<ExitCode> {
  const { signal } = desk;
  const requested = await (await desk.get(RequestBatch)).execute({ selection }, { signal });
  const jobId = orRefused(requested, backupProblem);
  if (options.wait !== true) {
    desk.show({ jobId }, () => `The batch is job ${jobId}: it asks for a backup of each device.`);
    return 0;
  }
  const batch = await untilEnded([{ id: jobId, what: 'batch' }], options, desk);
  if (!allSucceeded(batch)) {
    desk.show({ jobId, job: seen(batch, jobId), jobs: [] }, () => inAll(batch));
    return 1;
  }
  const runs = await runsOf(desk, selection);
  const waited = await untilEnded(runs, options, desk);
  const jobs = runs.map(({ id, deviceId }) => ({ deviceId, jobId: id, job: seen(waited, id) }));
  desk.show({ jobId, job: seen(batch, jobId), jobs }, () => inAll(waited));
  return allSucceeded(waited) ? 0 : 1;
}

/** The run that was asked for last of each device that is selected: what the batch has asked for, or has found under way. */
async function runsOf(desk: Desk, selection: DeviceSelection): Promise<(Watched & { readonly deviceId: DeviceId })[]> {
  const { signal } = desk;
  const [list, statuses] = [await desk.get(ListDevices), await desk.get(ListBackupStatuses)];
  const jobOf = new Map<DeviceId, JobId>();
  let behind: DeviceId | null = null;
  do {
    const page = await statuses.execute({ state: null, after: behind, limit: PAGE }, { signal });
    for (const { deviceId, jobId } of page.statuses) if (jobId !== null) jobOf.set(deviceId, jobId);
    behind = page.next;
  } while (behind !== null);
  const runs = [];
  let after = null;
  do {
    const query = { selection: { ...selection, enabled: true }, after, limit: PAGE };
    const page = await list.execute(query, { signal });
    for (const { id: deviceId, name, hostKey } of page.devices) {
      const id = jobOf.get(deviceId);
      if (id !== undefined && hostKey !== null) runs.push({ id, what: name, deviceId });
    }
    after = page.next;
  } while (after !== null);
  return runs;
}

function seen({ jobs }: Waited, id: JobId): ReturnType<typeof jobRepresentation> | null {
  const job = jobs.get(id);
  return job === undefined ? null : jobRepresentation(job);
}

function inAll({ jobs }: Waited): string {
  const counts = Map.groupBy(jobs.values(), ({ state }) => state);
  return [...counts].map(([state, some]) => `${some.length} ${state}`).join(', ') || 'There was nothing to be done.';
}
