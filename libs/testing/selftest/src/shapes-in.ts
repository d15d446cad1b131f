import { readFileSync } from 'node:fs';

/** The names of the shapes that a fixture lists: the keys of its object `shapes`. */
export function shapesIn(fixture: string): readonly string[] {
  const source = readFileSync(fixture, 'utf8');
  return [...source.matchAll(/^ {2}(?:'(.*)'|(\w+)): \(\) => \{$/gm)].map(([, quoted, plain]) => (quoted ?? plain)!);
}
