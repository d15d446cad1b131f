import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { Rule } from 'eslint';
import { onImport } from './imports.ts';

/** An import that leads nowhere belongs to no project, and so would satisfy every rule about projects. */
export const knownImports: Rule.RuleModule = {
  meta: {
    type: 'problem',
    schema: [],
    messages: {
      nowhere: 'No project answers to "{{specifier}}". Write "#<context>/<layer>"; the project needs an src/index.ts.',
    },
  },
  create(context) {
    const { resolve } = createRequire(join(context.cwd, 'package.json'));
    const leadsSomewhere = (specifier: string): boolean => {
      try {
        return resolve(specifier) !== '';
      } catch {
        return false;
      }
    };

    return onImport((specifier, node) => {
      if (specifier?.startsWith('#') && !leadsSomewhere(specifier)) {
        context.report({ node, messageId: 'nowhere', data: { specifier } });
      }
    });
  },
};
