import { isDeepStrictEqual } from 'node:util';

/**
 * A text of plain data (what JSON knows, `undefined`, `bigint`, dates, maps and sets) that no other value has. Throws at anything
 * else, because two objects with private fields look the same from outside; `what` says what the author of the model can do.
 */
export function textOf(value: unknown, what: string): string {
  if (typeof value === 'string') return JSON.stringify(value);
  if (typeof value === 'number') return Object.is(value, -0) ? '-0' : String(value);
  if (typeof value === 'bigint') return `${value}n`;
  if (typeof value === 'boolean' || value === undefined || value === null) return String(value);
  if (typeof value === 'object') return textOfObject(value, (member) => textOf(member, what), what);
  throw new TypeError(`A ${typeof value} cannot be compared by value: ${what}.`);
}

/** Whether two values of plain data are equal. The order of fields, and of members of maps and sets, does not count. */
export function areEqual(one: unknown, other: unknown, what: string): boolean {
  return textOf(one, what) === textOf(other, what) || isDeepStrictEqual(one, other);
}

function textOfObject(value: object, text: (member: unknown) => string, what: string): string {
  if (Array.isArray(value)) return `[${value.map(text).join()}]`;
  if (value instanceof Map) return `Map${text([...value])}`;
  if (value instanceof Set) return `Set${text([...value])}`;
  if (value instanceof Date) return `Date ${value.getTime()}`;
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== null && prototype !== Object.prototype) {
    throw new TypeError(`An object of ${value.constructor.name} cannot be compared by value: ${what}.`);
  }
  const members = Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1));
  return `{${members.map(([name, member]) => `${JSON.stringify(name)}:${text(member)}`).join()}}`;
}
