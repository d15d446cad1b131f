import type { Rule } from 'eslint';
import { onImport } from './imports.ts';

/** An index is a project's door for others: coming in through it from inside makes cycles that only fail at load. */
export const noOwnIndex: Rule.RuleModule = {
  meta: {
    type: 'problem',
    schema: [],
    messages: { index: 'Import the file that declares the name, not the index: the index is for other projects.' },
  },
  create: (context) =>
    onImport((specifier, node) => {
      if (specifier !== null && /^\.{1,2}\/(.*\/)?index\.ts$/.test(specifier))
        context.report({ node, messageId: 'index' });
    }),
};
