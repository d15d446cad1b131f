import { globSync, readFileSync } from 'node:fs';
import { resolve, sep } from 'node:path';
import type { Sources } from './source-tree.ts';

/** Not the project's own code, or wrong on purpose. */
const strangers = new Set(['node_modules', 'dist', 'fixtures', 'planted']);

/** The TypeScript of some folders below `root`, and the package.json that says what `#names` mean. */
export function readSources(root: string, folders: readonly string[]): Sources {
  const patterns = ['package.json', ...folders.flatMap((folder) => [`${folder}/**/*.ts`, `${folder}/**/package.json`])];
  const paths = globSync(patterns, {
    cwd: root,
    exclude: (name) => strangers.has(name.slice(name.lastIndexOf(sep) + 1)),
  });
  return new Map(
    paths.map((path) => [resolve(root, path).replaceAll(sep, '/'), readFileSync(resolve(root, path), 'utf8')]),
  );
}
