import type { Rule } from 'eslint';

type Sourced = { readonly source?: { readonly value?: unknown } | null };
type Call = Rule.Node & {
  readonly callee: { readonly name?: string };
  readonly arguments: readonly { value?: unknown }[];
};

/**
 * Visits everything that names a module: imports and exports, also of types only, `import()` as an expression and as a
 * type, and `require`. The specifier is null when it is computed, so that nothing can be said about it.
 */
export function onImport(visit: (specifier: string | null, node: Rule.Node) => void): Rule.RuleListener {
  const sourced = (node: Rule.Node): void => {
    const { source } = node as Sourced;
    if (source) visit(typeof source.value === 'string' ? source.value : null, node);
  };
  return {
    ImportDeclaration: sourced,
    ExportNamedDeclaration: sourced,
    ExportAllDeclaration: sourced,
    ImportExpression: sourced,
    TSImportType: sourced,
    CallExpression: (node) => {
      const call = node as unknown as Call;
      const specifier = call.arguments[0]?.value;
      if (call.callee.name === 'require') visit(typeof specifier === 'string' ? specifier : null, node);
    },
  };
}
