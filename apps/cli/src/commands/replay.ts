import { readdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { describeCollectionFailure, deviceModels, modelNamed } from '#backups/domain';
import type { ConfigSource } from '#backups/application';
import { modelOfRecording, readRecording, SimulatedDevice } from '#device-simulator';
import { Secret, type Ids } from '#kernel';
import { table } from '../terminal/table.ts';
import { CannotRun } from './outcome.ts';

/** Each one has its own connection and its own small server. */
const AT_A_TIME = 8;
const RECORDING = /\.ya?ml$/;
const CREDENTIALS = { username: 'replay', password: 'replay' };

/** How one recording fared. `reason` says why it is not complete. */
export type Replayed = {
  readonly file: string;
  readonly model: string | null;
  readonly bytes: number;
  readonly complete: boolean;
  readonly reason: string | null;
};

type ReplayOptions = { readonly folder: string; readonly model: string | undefined };
type ReplayParts = { readonly source: ConfigSource; readonly ids: Ids };

/**
 * Plays every recording of the folder to the collector, over SSH on this machine, and says which prove complete: some at
 * a time, and each as soon as all before it, in the order of their names, are done.
 */
export async function* replay(
  { folder, model }: ReplayOptions,
  parts: ReplayParts,
  signal: AbortSignal,
): AsyncIterable<Replayed> {
  const files = (await namesIn(folder)).filter((name) => RECORDING.test(name)).toSorted();
  if (files.length === 0)
    throw new CannotRun(`There are no recordings (*.yaml) in ${folder}; name a folder that has some.`);
  const underWay: Promise<() => Replayed>[] = [];
  try {
    for (let next = 0; next < files.length || underWay.length > 0;) {
      signal.throwIfAborted();
      for (; next < files.length && underWay.length < AT_A_TIME; next += 1) {
        const file = files[next] ?? '';
        const playing = replayOne(join(folder, file), model ?? modelOfRecording(file), parts, signal);
        // One that rejects does so in its turn, not while an earlier one is awaited.
        underWay.push(
          playing.then(
            (replayed) => () => replayed,
            (error: unknown) => () => {
              throw error;
            },
          ),
        );
      }
      const first = underWay.shift();
      if (first !== undefined) yield (await first)();
    }
  } finally {
    await Promise.all(underWay);
  }
}

async function namesIn(folder: string): Promise<readonly string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'ENOENT') throw new CannotRun(`There is no folder ${folder}; name one that has recordings (*.yaml).`);
    if (code === 'ENOTDIR') throw new CannotRun(`${folder} is no folder; name one that has recordings (*.yaml).`);
    throw error;
  }
}

async function replayOne(
  path: string,
  name: string | null,
  parts: ReplayParts,
  signal: AbortSignal,
): Promise<Replayed> {
  const about = { file: basename(path), model: name };
  const failed = (reason: string): Replayed => ({ ...about, bytes: 0, complete: false, reason });
  const model = name === null ? null : modelNamed(name);
  if (name === null) return failed('The file name has no model before `--` or `#`; give one with --model.');
  if (model === null)
    return failed(`There is no model ${name}; the models are ${deviceModels.map((one) => one.name).join(', ')}.`);
  try {
    await using device = await SimulatedDevice.start({
      recording: await readRecording(path),
      credentials: CREDENTIALS,
    });
    const access = {
      id: parts.ids.next<'Device'>(),
      name: about.file,
      address: device.address,
      port: device.port,
      model: model.name,
      hostKey: device.hostKey,
      credentials: { kind: 'password', username: CREDENTIALS.username, password: new Secret(CREDENTIALS.password) },
    } as const;
    const collected = await parts.source.collect(access, model, signal);
    if (!collected.ok) return failed(describeCollectionFailure(collected.error));
    return { ...about, bytes: Buffer.byteLength(collected.value.text), complete: true, reason: null };
  } catch (error) {
    signal.throwIfAborted();
    return failed(error instanceof Error ? error.message : String(error));
  }
}

export function replayTable(replays: readonly Replayed[]): string {
  const rows = replays.map(({ file, model, bytes, complete, reason }) => [
    file,
    model ?? '?',
    String(bytes),
    complete ? 'complete' : 'NOT COMPLETE',
    reason ?? '',
  ]);
  return table(['recording', 'model', 'bytes', 'proof', 'reason'], rows);
}
