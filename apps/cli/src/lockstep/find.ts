import { FindDevice, ListDevices, type DeviceView } from '#devices/application';
import { deviceProblem } from '#devices/infrastructure';
import type { DeviceId } from '#devices/contracts';
import { ListVersions } from '#backups/application';
import type { VersionId } from '#backups/domain';
import { backupProblem } from '#backups/infrastructure';
import { parseId, type Id } from '#kernel';
import { FindSchedule, ListSchedules, type ScheduleView } from '#scheduling/application';
import { scheduleProblem } from '#scheduling/infrastructure';
import { CannotRun } from '../commands/outcome.ts';
import { orRefused, type Desk } from './desk.ts';

const PAGE = 100;

/** A device by its id or its name. */
export async function deviceOf(desk: Desk, text: string): Promise<DeviceView> {
  const { signal } = desk;
  const id = parseId<'Device'>(text);
  if (id.ok) return orRefused(await (await desk.get(FindDevice)).execute({ id: id.value }, { signal }), deviceProblem);
  const list = await desk.get(ListDevices);
  const name = text.toLowerCase();
  let after = null;
  do {
    const page = await list.execute({ selection: { text: name }, after, limit: PAGE }, { signal });
    const found = page.devices.find((device) => device.name === name);
    if (found !== undefined) return found;
    after = page.next;
  } while (after !== null);
  const unknown = { ok: false, error: { kind: 'DeviceNotFound', deviceId: text as DeviceId } } as const;
  return orRefused(unknown, deviceProblem);
}

/** A schedule by its id or its name. */
export async function scheduleOf(desk: Desk, text: string): Promise<ScheduleView> {
  const { signal } = desk;
  const id = parseId<'Schedule'>(text);
  if (id.ok)
    return orRefused(await (await desk.get(FindSchedule)).execute({ id: id.value }, { signal }), scheduleProblem);
  const list = await desk.get(ListSchedules);
  let next: string | null = null;
  do {
    const page = await list.execute({ limit: PAGE, ...(next !== null && { after: next }) }, { signal });
    const found = page.schedules.find(({ name }) => name === text);
    if (found !== undefined) return found;
    next = page.next;
  } while (next !== null);
  const unknown = { ok: false, error: { kind: 'ScheduleNotFound', scheduleId: text as Id<'Schedule'> } } as const;
  return orRefused(unknown, scheduleProblem);
}

/** A version by its id, or as `device` for the latest one of it and `device@number` for another. */
export async function versionOf(desk: Desk, text: string): Promise<VersionId> {
  const id = parseId<'Version'>(text);
  if (id.ok) return id.value;
  const [, name, number] = /^([^@]+?)(?:@(\d{1,9}))?$/.exec(text) ?? [];
  if (name === undefined) throw new CannotRun(`"${text}" names no version: write its id, a device, or device@number.`);
  const { id: deviceId } = await deviceOf(desk, name);
  const before = number === undefined ? null : Number(number) + 1;
  const list = await desk.get(ListVersions);
  const page = orRefused(await list.execute({ deviceId, before, limit: 1 }, { signal: desk.signal }), backupProblem);
  const version = page.versions.find(({ sequence }) => before === null || sequence === before - 1);
  if (version !== undefined) return version.id;
  throw new Error(
    number === undefined
      ? `No version of ${name} is stored yet. Back it up with: npm run lockstep -- backup run ${name}`
      : `${name} has no version ${number}. Those there are: npm run lockstep -- backup list ${name}`,
  );
}

/** An id and nothing else. */
export function idOf<Owner extends string>(text: string, what: string): Id<Owner> {
  const id = parseId<Owner>(text);
  if (id.ok) return id.value;
  throw new CannotRun(`"${text}" is not the id of a ${what}: a list of them shows the ids.`);
}
