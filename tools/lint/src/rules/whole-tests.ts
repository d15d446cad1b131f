import type { Rule } from 'eslint';

const blocks = ['describe', 'context', 'suite', 'it', 'specify', 'test'];
type Callee = { readonly type: string; readonly name?: string; readonly object?: Callee; readonly property?: Callee };

/** Every test that is written runs, every time, once: nothing is focused, skipped, left for later or tried again. */
export const wholeTests: Rule.RuleModule = {
  meta: {
    type: 'problem',
    schema: [],
    messages: {
      focused: '"{{what}}" leaves out all other tests. Run one test with `mocha -g "its title"` instead.',
      skipped: '"{{what}}" is a test that never runs. Make it pass, or delete it.',
      retried: 'A test that is retried hides a race. Find what it races with, and wait for that.',
      empty: 'A test without a body always passes. Write it, or delete the line.',
    },
  },
  create: (context) => ({
    CallExpression(node) {
      const callee = node.callee as Callee;
      const what = spelt(callee);
      const [block = '', modifier] = what.split('.');
      if (blocks.includes(block) && modifier === 'only') context.report({ node, messageId: 'focused', data: { what } });
      else if (
        (blocks.includes(block) && modifier === 'skip') ||
        blocks.some((name) => block === `x${name}`) ||
        what === 'this.skip'
      )
        context.report({ node, messageId: 'skipped', data: { what } });
      else if (modifier === 'retries' && (block === 'this' || block === ''))
        context.report({ node, messageId: 'retried' });
      else if (blocks.includes(what) && node.arguments.length === 1) context.report({ node, messageId: 'empty' });
    },
  }),
};

function spelt(callee: Callee): string {
  if (callee.type === 'ThisExpression') return 'this';
  if (callee.type === 'MemberExpression')
    return `${callee.object ? spelt(callee.object) : ''}.${callee.property?.name ?? ''}`;
  return callee.name ?? '';
}
