import ts from 'typescript';
import type { Meaning, SourceTree } from './source-tree.ts';

export type Port = Meaning & {
  readonly node: ts.ClassDeclaration;
  readonly methods: number;
  /** Whether it only names a kind of another port and promises nothing more. */
  readonly isKindOfOther: boolean;
};

export type Adapter = Meaning & {
  readonly node: ts.ClassDeclaration;
  readonly isMock: boolean;
  readonly ports: ReadonlySet<ts.Node>;
};

export type Classes = { readonly ports: readonly Port[]; readonly adapters: readonly Adapter[] };

const testSupport = /\/testing\//;

/**
 * A port is an exported abstract class of which nothing is implemented, in code that is no test's. An adapter is any other
 * class, mocks in folders named `testing` included, that implements or extends one, also by way of a base class; abstract base
 * classes and the doubles inside a spec are none.
 */
export function findClasses(tree: SourceTree, isSpec: (path: string) => boolean): Classes {
  const ports: Port[] = [];
  const adapters: Adapter[] = [];
  for (const file of tree.matching(/\b(abstract class|implements|extends)\b/)) {
    if (isSpec(file.fileName)) continue;
    for (const node of file.statements.filter(ts.isClassDeclaration)) {
      const meaning = { path: file.fileName, node };
      if (isPort(meaning))
        ports.push({
          ...meaning,
          methods: node.members.filter(ts.isMethodDeclaration).length,
          isKindOfOther: node.members.length === 0,
        });
      else if (!has(node, ts.SyntaxKind.AbstractKeyword)) {
        const kept = portsOf(tree, meaning);
        if (kept.size > 0) adapters.push({ ...meaning, isMock: testSupport.test(file.fileName), ports: kept });
      }
    }
  }
  return { ports, adapters };
}

/** The ports above a class, at any height. */
function portsOf(tree: SourceTree, { path, node }: Meaning): Set<ts.Node> {
  const ports = new Set<ts.Node>();
  if (!ts.isClassDeclaration(node)) return ports;
  for (const { expression } of node.heritageClauses?.flatMap(({ types }) => types) ?? []) {
    const above = ts.isIdentifier(expression) ? tree.meaningOf(expression.text, path) : undefined;
    if (above === undefined || above.node === node) continue;
    if (isPort(above)) ports.add(above.node);
    for (const port of portsOf(tree, above)) ports.add(port);
  }
  return ports;
}

function isPort({ path, node }: Meaning): boolean {
  if (!ts.isClassDeclaration(node) || node.name === undefined || testSupport.test(path)) return false;
  if (!has(node, ts.SyntaxKind.AbstractKeyword) || !has(node, ts.SyntaxKind.ExportKeyword)) return false;
  if (node.members.length === 0) return node.heritageClauses !== undefined;
  return node.members.every((member) => has(member, ts.SyntaxKind.AbstractKeyword));
}

export function isExported(node: ts.ClassDeclaration): boolean {
  return has(node, ts.SyntaxKind.ExportKeyword);
}

function has(node: ts.Node, kind: ts.ModifierSyntaxKind): boolean {
  return ts.canHaveModifiers(node) && (ts.getModifiers(node)?.some((modifier) => modifier.kind === kind) ?? false);
}
