type Writing = {
  /** What the author of the model can do about what cannot be written. */
  readonly what: string;
  /** Of maps and sets: in the order that counts. */
  readonly ordered: (members: readonly string[]) => readonly string[];
};

/**
 * A text of plain data (what JSON knows, `undefined`, `bigint`, dates, maps and sets) that no other value has; 0 and -0 are one
 * value, as they are for most stores. Throws at anything else, because two objects with private fields look the same from
 * outside; `what` says what the author of the model can do.
 */
export function textOf(value: unknown, what: string): string {
  return written(value, { what, ordered: (members) => members });
}

/**
 * Whether two values of plain data are equal, as 0 and -0 are. The order of fields, and of members of maps and sets, does not
 * count.
 */
export function areEqual(one: unknown, other: unknown, what: string): boolean {
  const writing: Writing = { what, ordered: (members) => members.toSorted() };
  return written(one, writing) === written(other, writing);
}

function written(value: unknown, writing: Writing): string {
  if (typeof value === 'string') return JSON.stringify(value);
  if (typeof value === 'bigint') return `${value}n`;
  if (typeof value === 'number' || typeof value === 'boolean' || value === undefined || value === null)
    return String(value);
  if (typeof value === 'object') return writtenObject(value, writing);
  throw new TypeError(`A ${typeof value} cannot be compared by value: ${writing.what}.`);
}

function writtenObject(value: object, writing: Writing): string {
  const text = (member: unknown): string => written(member, writing);
  if (Array.isArray(value)) return `[${value.map(text).join()}]`;
  if (value instanceof Map) return `Map[${writing.ordered([...value].map(text)).join()}]`;
  if (value instanceof Set) return `Set[${writing.ordered([...value].map(text)).join()}]`;
  if (value instanceof Date) return `Date ${value.getTime()}`;
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== null && prototype !== Object.prototype) {
    throw new TypeError(`An object of ${value.constructor.name} cannot be compared by value: ${writing.what}.`);
  }
  const members = Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1));
  return `{${members.map(([name, member]) => `${JSON.stringify(name)}:${text(member)}`).join()}}`;
}
