import { expect } from 'chai';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { variables } from './variables.ts';

const EXAMPLE = resolve(import.meta.dirname, '../../../../.env.example');

/** `# <description>` on one line and `# NAME=default` on the next, for every variable in the order of the schema. */
function expectedEntries(): string[] {
  return Object.entries(variables).map(([name, schema]) => {
    const initial = schema.safeParse(undefined).data;
    return `# ${schema.description}\n# ${name}=${initial === undefined ? '' : String(initial)}`;
  });
}

describe('.env.example', () => {
  it('tells every variable, what to write, and its default, and no other', () => {
    const [, ...entries] = readFileSync(EXAMPLE, 'utf8').trimEnd().split('\n\n');

    expect(entries).to.deep.equal(expectedEntries());
  });
});
