import { inspect } from 'node:util';
import { deepFrozen } from './deep-frozen.ts';

type Placeholder<Title extends string> = Title extends `${string}{${infer Name}}${infer Rest}`
  ? Name | Placeholder<Rest>
  : never;
/** Fields that every case has; what varies in its fields as a whole, such as a text or a list, has none to name. */
type FieldOf<C> = [C] extends [readonly unknown[] | string | number | boolean | bigint | null | undefined]
  ? never
  : keyof C & string;

/** The title itself, or what is wrong with it where the compiler shows it. */
export type CheckedTitle<Title extends string, C> = [Exclude<Placeholder<Title>, FieldOf<C> | 'case'>] extends [never]
  ? Title
  : `{${Exclude<Placeholder<Title>, FieldOf<C> | 'case'>}} is no field of every case`;

const LONGEST_VALUE = 60;

/**
 * A table of cases as titles and cases, for plain `it`s:
 *
 *     for (const [title, { faults, kind }] of cases('fails with {kind} when a device {case}', {
 *       'sends garbled bytes': { faults: { garbled: { everyBytes: 500 } }, kind: 'AnswerGarbled' },
 *       …
 *     })) it(title, t.test(async ({ collect }) => { … }));
 *
 * `{case}` is the name of the case or, in a list, the case itself; `{field}` a field that every case has. Refused when the
 * specs are loaded: an empty table, two cases with one title, and a placeholder that does not exist (the compiler refuses
 * it before). Cases are frozen to their depth, so that no test changes those of another; instances of classes are not.
 */
export function cases<const Title extends string, C>(
  title: Title & CheckedTitle<Title, C>,
  table: Readonly<Record<string, C>>,
): readonly (readonly [title: string, one: C])[];
export function cases<const Title extends string, const C>(
  title: Title & CheckedTitle<Title, C>,
  table: readonly C[],
): readonly (readonly [title: string, one: C])[];
export function cases(
  title: string,
  table: Readonly<Record<string, unknown>> | readonly unknown[],
): readonly (readonly [string, unknown])[] {
  const named = Array.isArray(table)
    ? table.map((one: unknown) => [spoken(one), one] as const)
    : Object.entries(table as Readonly<Record<string, unknown>>);
  if (named.length === 0) throw new Error(`The table of "${title}" has no cases.`);

  const titles = new Set<string>();
  return named.map(([name, one]) => {
    const filled = fill(title, name, one);
    if (titles.has(filled)) throw new Error(`Two cases have the title "${filled}": name in it what tells them apart.`);
    titles.add(filled);
    return [filled, deepFrozen(one)];
  });
}

function fill(title: string, name: string, one: unknown): string {
  return title.replace(/\{([^{}]+)\}/g, (_, field: string) => {
    if (field === 'case') return name;
    if (typeof one === 'object' && one !== null && field in one) return spoken(one[field as keyof typeof one]);
    throw new Error(`The title "${title}" names {${field}}, and the case ${name} has no such field.`);
  });
}

function spoken(value: unknown): string {
  const text =
    typeof value === 'string' && /^[\x21-\x7e](.*[^\s])?$/.test(value)
      ? value
      : inspect(value, { breakLength: Infinity, depth: 4 });
  return text.length > LONGEST_VALUE ? `${text.slice(0, LONGEST_VALUE)}…` : text;
}
