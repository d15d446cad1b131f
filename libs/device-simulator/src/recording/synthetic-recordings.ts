import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { readRecording } from './read-recording.ts';
import type { Recording } from './recording.ts';

const FOLDER = join(import.meta.dirname, '..', '..', 'recordings');

/** The dialogues that were written for this repository, sorted by file name: at least one for every device model. */
export async function syntheticRecordings(): Promise<Recording[]> {
  const files = (await readdir(FOLDER)).filter((file) => file.endsWith('.yaml')).toSorted();
  return Promise.all(files.map((file) => readRecording(join(FOLDER, file))));
}
