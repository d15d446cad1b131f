import { runningTest } from '#testing/runtime';
import { inspect } from 'node:util';
import { nameOf, type BindingTable } from './binding-graph.ts';

const seen = new WeakMap<object, { readonly content: string; readonly by: string }>();

/**
 * Refuses plain data that is bound as one object in several tests when a test has changed it: no container can undo that.
 * Objects of classes keep their own state and are not looked into.
 */
export function refuseChangedConstants(bindings: BindingTable): void {
  for (const token of bindings.tokens()) {
    for (const binding of bindings.of(token)) {
      if (binding.type !== 'ConstantValue' || !isPlainData(binding.value)) continue;
      const content = inspect(binding.value, { depth: 8, maxArrayLength: null, sorted: true });
      const before = seen.get(binding.value);
      if (before !== undefined && before.content !== content) {
        throw new Error(
          `${nameOf(token)} is one object in several tests, and has been changed since "${before.by}" got it. Make it anew in modules(), or freeze it.`,
        );
      }
      if (before === undefined) seen.set(binding.value, { content, by: runningTest()?.title ?? 'an unknown test' });
    }
  }
}

function isPlainData(value: unknown): value is object {
  if (typeof value !== 'object' || value === null) return false;
  const isLiteral = Array.isArray(value) || Object.getPrototypeOf(value) === Object.prototype;
  return isLiteral && Object.values(value).every((member) => typeof member !== 'function');
}
