import { Secret } from '#kernel';
import { randomBytes } from 'node:crypto';
import { linkSync, readFileSync, rmSync, writeFileSync } from 'node:fs';

/**
 * The secret in this file, readable by its owner only; made by `generate` when the file is not there yet.
 *
 * Two processes that start together end up with the same secret: a file appears whole or not at all, and the first wins.
 */
export function storedSecret(file: string, generate: () => string): Secret {
  return read(file) ?? create(file, generate());
}

function read(file: string): Secret | undefined {
  try {
    return new Secret(readFileSync(file, 'utf8').trim());
  } catch (error) {
    if (isCode(error, 'ENOENT')) return undefined;
    throw error;
  }
}

function create(file: string, text: string): Secret {
  const draft = `${file}.${randomBytes(8).toString('hex')}`;
  writeFileSync(draft, `${text}\n`, { mode: 0o600, flag: 'wx', flush: true });
  try {
    linkSync(draft, file);
  } catch (error) {
    if (!isCode(error, 'EEXIST')) throw error;
  } finally {
    rmSync(draft);
  }
  return new Secret(readFileSync(file, 'utf8').trim());
}

function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
