import type { Rule, Scope } from 'eslint';
import { onImport } from './imports.ts';

export type Ambient = {
  readonly instead: string;
  readonly globals: readonly string[];
  /** Object to members: `{ Date: ['now'] }`. */
  readonly members: Readonly<Record<string, readonly string[]>>;
  /** Module to the names that may not be imported from it; none listed means any. */
  readonly modules: Readonly<Record<string, readonly string[]>>;
  /** Whether `new Date()` and `Date()` read what is meant. */
  readonly date?: true;
};

type Named = { readonly type: string; readonly name?: string; readonly value?: unknown };

/** Makes the rule against one thing that code can reach from anywhere, however it is spelt. */
export function noAmbient(ambient: Ambient): Rule.RuleModule {
  const members = new Map(Object.entries(ambient.members));
  const modules = new Map(Object.entries(ambient.modules));
  return {
    meta: { type: 'problem', schema: [], messages: { ambient: `"{{what}}" ${ambient.instead}` } },
    create(context) {
      const report = (node: Rule.Node, what: string): void =>
        context.report({ node, messageId: 'ambient', data: { what } });
      const isGlobal = (node: Rule.Node, name: string): boolean => {
        let scope: Scope.Scope | null = context.sourceCode.getScope(node);
        while (scope && !scope.set.has(name)) scope = scope.upper;
        return (scope?.set.get(name)?.defs.length ?? 0) === 0;
      };
      const isMember = (object: string, member: string): boolean =>
        object === 'globalThis' ? ambient.globals.includes(member) : (members.get(object)?.includes(member) ?? false);

      return {
        ...onImport((specifier, node) => {
          const banned = modules.get(specifier?.replace(/^node:/, '') ?? '');
          if (!banned) return;
          if (banned.length === 0) report(node, String(specifier));
          for (const name of importedNames(node)) if (banned.includes(name)) report(node, name);
        }),
        Identifier(node) {
          if (!ambient.globals.includes(node.name) || !isReference(node)) return;
          if (isGlobal(node, node.name)) report(node, node.name);
        },
        MemberExpression(node) {
          const object = lastName(node.object as Named & { property?: Named });
          const member = nameOf(node.property as Named);
          if (isMember(object, member)) report(node, `${object}.${member}`);
        },
        VariableDeclarator(node) {
          if (node.id.type !== 'ObjectPattern' || !node.init) return;
          const object = lastName(node.init as Named);
          for (const property of node.id.properties) {
            const member = property.type === 'Property' ? nameOf(property.key as Named) : '';
            if (isMember(object, member)) report(node, `${object}.${member}`);
          }
        },
        'NewExpression, CallExpression'(node: Rule.Node & { callee: Named; arguments: unknown[] }) {
          if (!ambient.date || node.callee.name !== 'Date') return;
          if (node.type === 'CallExpression' || node.arguments.length === 0) report(node, 'new Date()');
        },
      };
    },
  };
}

function nameOf(node: Named): string {
  return node.name ?? String(node.value ?? '');
}

/** `Date` of `Date` and of `globalThis.Date`. */
function lastName(node: Named & { readonly property?: Named }): string {
  return node.property ? nameOf(node.property) : nameOf(node);
}

function importedNames(node: Rule.Node): readonly string[] {
  const { specifiers = [] } = node as { specifiers?: readonly { imported?: Named; local?: Named }[] };
  return specifiers.map((specifier) => nameOf(specifier.imported ?? specifier.local ?? { type: '' }));
}

/** Not the name of a property, a method or a type: those only look like the global. */
function isReference(node: Rule.Node): boolean {
  const { parent } = node as { parent: Rule.Node & { property?: unknown; key?: unknown; computed?: boolean } };
  if (parent.type === 'MemberExpression') return parent.property !== node || parent.computed === true;
  if (parent.type === 'Property') return parent.key !== node || parent.shorthand;
  return !['MethodDefinition', 'PropertyDefinition', 'ImportSpecifier', 'TSPropertySignature'].includes(parent.type);
}
