import type { TestSchema } from './test-postgres.ts';

const numbers = new WeakMap<object, number>();
let last = 0;

/** The same for schemas of the same rows and migrations, as objects and not by name, in whatever lists they come. */
export function keyOf(schemas: readonly TestSchema[]): string {
  return schemas
    .map(({ rows, migrations }) => [rows, migrations].map((parts) => parts.map(numberOf)).join(';'))
    .join('|');
}

function numberOf(part: object): number {
  const number = numbers.get(part) ?? (last += 1);
  numbers.set(part, number);
  return number;
}
