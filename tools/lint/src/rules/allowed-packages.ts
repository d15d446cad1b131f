import { isBuiltin } from 'node:module';
import { matchesGlob } from 'node:path';
import type { Rule } from 'eslint';
import { fileOf } from './file-of.ts';
import { onImport } from './imports.ts';

export type AllowedPackages = {
  readonly packages: Readonly<Record<string, readonly string[]>>;
  readonly nodeModules: readonly string[];
};

/** An npm package or a `node:` module is imported only where a list allows it: what is on no list is allowed nowhere. */
export const allowedPackages: Rule.RuleModule = {
  meta: {
    type: 'problem',
    schema: [{ type: 'object' }],
    messages: {
      package:
        '"{{name}}" may not be imported here. Define a port and let an adapter import it (tools/architecture/src/packages.ts lists who may: {{places}}).',
      builtin:
        '"{{name}}" may not be imported here: this layer does without Node. Define a port and let an adapter import it.',
      computed: 'What a computed import loads cannot be checked. Write the module name as a literal.',
    },
  },
  create(context) {
    const { packages, nodeModules } = context.options[0] as AllowedPackages;
    const file = fileOf(context);
    const placesOf = new Map(Object.entries(packages));
    const among = (places: readonly string[]): boolean => places.some((place) => matchesGlob(file, place));

    return onImport((specifier, node) => {
      if (specifier === null) context.report({ node, messageId: 'computed' });
      else if (isBuiltin(specifier)) {
        if (!among(nodeModules)) context.report({ node, messageId: 'builtin', data: { name: specifier } });
      } else if (!/^[.#/]/.test(specifier)) {
        const name = packageOf(specifier);
        const places = placesOf.get(name) ?? placesOf.get(`${name.split('/')[0]}/*`) ?? [];
        if (!among(places)) {
          context.report({
            node,
            messageId: 'package',
            data: { name: specifier, places: places.join(', ') || 'nobody' },
          });
        }
      }
    });
  },
};

function packageOf(specifier: string): string {
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
}
