import { basename } from 'node:path';

/** The device model in a recording's file name: what stands before `--` or `#`; null if there is neither. */
export function modelOfRecording(fileName: string): string | null {
  return /^(.+?)(?:--|#)/.exec(basename(fileName))?.[1] ?? null;
}
