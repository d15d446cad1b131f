import { link, open, rename, rm } from 'node:fs/promises';

/**
 * Writes a file that is there whole or not at all, also after a crash, and that only its owner may read. One that is there
 * already stays, unless it is to be replaced: then at no moment there is neither.
 */
export async function writeWhole(
  path: string,
  bytes: Uint8Array,
  { replace }: { readonly replace: boolean },
): Promise<void> {
  const draft = `${path}.${process.pid}.new`;
  try {
    const file = await open(draft, 'wx', 0o600);
    try {
      await file.writeFile(bytes);
      await file.sync();
    } finally {
      await file.close();
    }
    if (replace) await rename(draft, path);
    else await link(draft, path); // unlike a rename it replaces nothing
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST') throw new Error(`${path} is there already: say --force to replace it.`);
    throw new Error(`${path} cannot be written (${code ?? String(error)}).`);
  } finally {
    await rm(draft, { force: true });
  }
}
