import { Stream } from 'node:stream';
import { types } from 'node:util';

/**
 * Whether an object that a port hands out is a port as well: a store, a session, a channel. It has an asynchronous method
 * of its class, or of its own where it is a literal; or it can be released, or gives its items one by one. Entities and
 * values are synchronous, and are left alone like everything that comes with the language or is a stream of Node's.
 *
 * A method that hands on a promise without being `async` cannot be told from a synchronous one: such an adapter needs at
 * least one that is.
 */
export function isPortLike(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype === null || value instanceof Stream) return false;
  if (prototype === Object.prototype) return hasAsyncFunction(value) || isProtocol(value);
  return classIsPortLike(prototype as object);
}

const known = new WeakMap<object, boolean>();

function classIsPortLike(prototype: object): boolean {
  const answer =
    known.get(prototype) ??
    (!levelsOf(prototype).some(isBuiltin) && (levelsOf(prototype).some(hasAsyncFunction) || isProtocol(prototype)));
  known.set(prototype, answer);
  return answer;
}

/** Whether it can be released, or gives its items one by one. */
function isProtocol(value: object): boolean {
  return [Symbol.dispose, Symbol.asyncDispose, Symbol.asyncIterator].some((symbol) => symbol in value);
}

/** The prototype and those it inherits from, up to where every object is alike. */
function levelsOf(prototype: object): readonly object[] {
  const levels: object[] = [];
  for (let level: object | null = prototype; level !== null && level !== Object.prototype;) {
    levels.push(level);
    level = Object.getPrototypeOf(level) as object | null;
  }
  return levels;
}

function isBuiltin(prototype: object): boolean {
  const constructor: unknown = Object.getOwnPropertyDescriptor(prototype, 'constructor')?.value;
  return typeof constructor === 'function' && (globalThis as Record<string, unknown>)[constructor.name] === constructor;
}

function hasAsyncFunction(value: object): boolean {
  return Object.values(Object.getOwnPropertyDescriptors(value)).some(({ value: member }) =>
    types.isAsyncFunction(member),
  );
}
