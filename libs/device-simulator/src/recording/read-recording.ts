import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { parseRecording } from './parse-recording.ts';
import type { Recording } from './recording.ts';

/** Reads one file; throws `RecordingInvalid` when it is no recording. */
export async function readRecording(path: string): Promise<Recording> {
  return parseRecording(await readFile(path, 'utf8'), basename(path));
}
