import type { Rule } from 'eslint';

/** The same rule, with messages that say what to do instead. A message id that the rule does not have is a mistake. */
export function reworded(rule: unknown, messages: Readonly<Record<string, string>>): Rule.RuleModule {
  const original = rule as Rule.RuleModule;
  const known = original.meta?.messages ?? {};
  const unknown = Object.keys(messages).filter((id) => !(id in known));
  if (unknown.length > 0) throw new Error(`The rule has no message called ${unknown.join(', ')}.`);
  return { ...original, meta: { ...original.meta, messages: { ...known, ...messages } } };
}
