import ts from 'typescript';
import type { Meaning, SourceTree } from './source-tree.ts';

export type Suite = {
  readonly path: string;
  readonly node: ts.VariableDeclaration;
  readonly name: string;
  /** What its first argument stands for. */
  readonly port: Meaning | undefined;
  readonly hasTests: boolean;
};

export type Registration = {
  readonly path: string;
  readonly node: ts.CallExpression;
  readonly suite: ts.Node;
  readonly adapter: Meaning | undefined;
};

/** Every `const xContract = contract(Port, suite)`. */
export function findSuites(tree: SourceTree): readonly Suite[] {
  const suites: Suite[] = [];
  for (const file of tree.matching(/\bcontract\(/)) {
    for (const node of file.statements
      .filter(ts.isVariableStatement)
      .flatMap((one) => [...one.declarationList.declarations])) {
      const call = node.initializer;
      if (!call || !ts.isCallExpression(call) || !isNamed(call.expression, 'contract')) continue;
      const [port, body] = call.arguments;
      const path = file.fileName;
      const hasTests = body !== undefined && declaresTests(tree, { path, node: body }, new Set());
      suites.push({ path, node, name: node.name.getText(), port: meaningOf(tree, port, path), hasTests });
    }
  }
  return suites;
}

/** Every `xContract.holdsFor(Adapter, ...)` whose `xContract` is one of the suites. */
export function findRegistrations(tree: SourceTree): readonly Registration[] {
  const registrations: Registration[] = [];
  for (const { fileName: path, statements } of tree.matching(/\.holdsFor\(/)) {
    for (const node of statements.flatMap((statement) => callsIn(statement))) {
      if (!ts.isPropertyAccessExpression(node.expression) || node.expression.name.text !== 'holdsFor') continue;
      const suite = meaningOf(tree, node.expression.expression, path);
      if (suite === undefined) continue;
      registrations.push({ path, node, suite: suite.node, adapter: meaningOf(tree, node.arguments[0], path) });
    }
  }
  return registrations;
}

/** Whether running it calls `it`, itself or in a function that it calls. */
function declaresTests(tree: SourceTree, { path, node }: { path: string; node: ts.Node }, seen: Set<ts.Node>): boolean {
  if (seen.has(node)) return false;
  seen.add(node);
  return callsIn(node).some(({ expression }) => {
    if (!ts.isIdentifier(expression)) return false;
    if (['it', 'specify', 'test'].includes(expression.text)) return true;
    const called = tree.meaningOf(expression.text, path);
    return called !== undefined && declaresTests(tree, called, seen);
  });
}

function callsIn(node: ts.Node): readonly ts.CallExpression[] {
  const calls: ts.CallExpression[] = [];
  const visit = (child: ts.Node): void => {
    if (ts.isCallExpression(child)) calls.push(child);
    ts.forEachChild(child, visit);
  };
  visit(node);
  return calls;
}

function meaningOf(tree: SourceTree, node: ts.Node | undefined, path: string): Meaning | undefined {
  return node !== undefined && ts.isIdentifier(node) ? tree.meaningOf(node.text, path) : undefined;
}

function isNamed(node: ts.Node, name: string): boolean {
  return ts.isIdentifier(node) && node.text === name;
}
