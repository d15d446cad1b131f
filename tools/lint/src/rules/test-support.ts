import { dirname, matchesGlob, posix } from 'node:path';
import type { Rule } from 'eslint';
import { lightParts, type LayerRules } from '#tools/architecture';
import { fileOf } from './file-of.ts';
import { onImport } from './imports.ts';

export type TestSupport = { readonly tests: readonly string[]; readonly kit: LayerRules['kit'] };

/** Test support is reached from tests only, and each layer's tests use the parts of the kit that suit the layer. */
export const testSupport: Rule.RuleModule = {
  meta: {
    type: 'problem',
    schema: [{ type: 'object' }],
    messages: {
      production:
        '"{{specifier}}" is test support, and this is not a test. Move what both need out of the testing folder, or ask for a port.',
      kit: 'Tests of this layer may use {{kit}} of the test kit, so that they load in milliseconds. Test "{{specifier}}" from a layer further out.',
    },
  },
  create(context) {
    const { tests, kit } = context.options[0] as TestSupport;
    const file = fileOf(context);
    const isTest = tests.some((pattern) => matchesGlob(file, pattern));

    return onImport((specifier, node) => {
      if (specifier === null || !isTestSupport(specifier, file)) return;
      if (!isTest) context.report({ node, messageId: 'production', data: { specifier } });
      else if (!within(kit, specifier)) {
        context.report({ node, messageId: 'kit', data: { specifier, kit: spoken[kit] } });
      }
    });
  },
};

const light: readonly string[] = lightParts.map((part) => `#testing/${part}`);

const spoken = {
  none: 'nothing',
  'light parts': `the light parts (${lightParts.join(', ')})`,
  'every part': 'every part',
} as const;

function isTestSupport(specifier: string, file: string): boolean {
  if (specifier.startsWith('#')) return specifier.startsWith('#testing/') || specifier.endsWith('/testing');
  return specifier.startsWith('.') && /\/src\/testing\//.test(posix.join(dirname(file), specifier));
}

function within(kit: LayerRules['kit'], specifier: string): boolean {
  if (!specifier.startsWith('#testing/') || kit === 'every part') return true;
  return kit === 'light parts' && light.includes(specifier);
}
