import type { Rule } from 'eslint';

const hooks = ['before', 'after', 'beforeEach', 'afterEach'];

/** What a test needs comes from a base of the kit, which releases it whatever fails; hooks do so only while nothing does. */
export const noOwnSetup: Rule.RuleModule = {
  meta: {
    type: 'problem',
    schema: [],
    messages: {
      hook: '"{{hook}}" is set-up of its own: what it opened leaks when a later line fails, and the next test inherits it. Extend a base of the test kit and open it with `use`, `defer`, `fixture` or a part.',
    },
  },
  create: (context) => ({
    CallExpression(node) {
      const { callee } = node;
      if (callee.type !== 'Identifier' || !hooks.includes(callee.name)) return;
      const defined = context.sourceCode
        .getScope(node)
        .references.some(({ identifier, resolved }) => identifier === callee && (resolved?.defs.length ?? 0) > 0);
      if (!defined) context.report({ node, messageId: 'hook', data: { hook: callee.name } });
    },
  }),
};
