import { fc } from '#testing/properties';
import { told } from './history-table.ts';

/** What each client does, one thing after the other. */
export type Program<Op> = readonly (readonly Op[])[];

/** Programs in which two clients or more do something. */
export function programsOf<Op>(
  operations: fc.Arbitrary<Op>,
  { clients, length }: { readonly clients: number; readonly length: number },
): fc.Arbitrary<Program<Op>> {
  if (clients < 2 || length < 1)
    throw new Error('A history takes two clients or more, with an operation each or more.');
  // A tuple, because arrays make their members smaller one after the other and do not come back to the first. And filtered, as
  // an array with a shortest length cannot lose its last member.
  const client = fc.array(operations, { maxLength: length, size: 'max' });
  const all = fc.tuple(...Array.from({ length: clients }, () => client));
  return all.filter((program) => clientsOf(program).length >= 2);
}

/** Those that do something, by name. */
export function clientsOf<Op>(program: Program<Op>): readonly { readonly name: string; readonly ops: readonly Op[] }[] {
  return program.map((ops, index) => ({ name: `client ${index}`, ops })).filter(({ ops }) => ops.length > 0);
}

export function toldProgram(program: Program<unknown>): string {
  return clientsOf(program)
    .map(({ name, ops }) => `  ${name}: ${ops.map(told).join(', ')}`)
    .join('\n');
}
