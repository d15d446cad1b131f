import { types } from 'node:util';

export type Callable = (...args: unknown[]) => unknown;

export function isObject(value: unknown): value is object {
  return (typeof value === 'object' && value !== null) || typeof value === 'function';
}

/** What every object has is no method of a port, and neither is a class that it holds. */
export function isMethod(value: Callable, key: string | symbol): boolean {
  return key !== 'constructor' && value !== Reflect.get(Object.prototype, key) && !isClass(value);
}

export function isClass(value: object): boolean {
  return Object.getOwnPropertyDescriptor(value, 'prototype')?.writable === false;
}

/** Ending an iteration is no use of the port; whoever leaves its loop late does well to end it. What is no iterator means something else by it. */
export function isEnding(original: object, key: string): boolean {
  return (key === 'return' || key === 'throw') && Symbol.asyncIterator in original && 'next' in original;
}

/** A proxy may not answer differently for a member that cannot change, so a frozen object is stood in for. */
export function changeable(original: object): object {
  return Object.isExtensible(original) ? original : thawed(original);
}

export function thawed(original: object): object {
  const copy = Object.create(Object.getPrototypeOf(original) as object | null) as object;
  for (const key of Reflect.ownKeys(original)) {
    const free = { ...Object.getOwnPropertyDescriptor(original, key), configurable: true };
    Object.defineProperty(copy, key, 'value' in free ? { ...free, writable: true } : free);
  }
  return copy;
}

/** Of an async generator Node says that it is an async function, and it answers at once. */
export function isAsyncMethod(value: unknown): boolean {
  return types.isAsyncFunction(value) && !types.isGeneratorFunction(value);
}
