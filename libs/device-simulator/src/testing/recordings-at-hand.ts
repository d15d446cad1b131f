import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { modelOfRecording } from '../recording/model-of-recording.ts';
import { parseRecording } from '../recording/parse-recording.ts';
import type { Recording } from '../recording/recording.ts';

export type NamedRecording = { readonly file: string; readonly model: string; readonly recording: Recording };

const SHIPPED = join(import.meta.dirname, '../../recordings');
const WORKSPACE = join(import.meta.dirname, '../../../..');

/** The recordings that tests replay: the shipped ones, and those of the folder that LOCKSTEP_RECORDINGS names, if it is set. */
export function recordingsAtHand(): readonly NamedRecording[] {
  const named = process.env['LOCKSTEP_RECORDINGS'];
  const folders = named === undefined || named === '' ? [SHIPPED] : [SHIPPED, resolve(WORKSPACE, named)];
  return folders.flatMap(recordingsIn);
}

function recordingsIn(folder: string): readonly NamedRecording[] {
  const files = readdirSync(folder).filter((file) => /\.ya?ml$/.test(file));
  return files.toSorted().map((file) => {
    const model = modelOfRecording(file);
    if (model === null) throw new Error(`The name of ${file} does not say which model it is of.`);
    return { file, model, recording: parseRecording(readFileSync(join(folder, file), 'utf8'), file) };
  });
}
