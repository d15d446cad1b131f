import { globSync } from 'node:fs';
import { join, relative } from 'node:path';
import ts from 'typescript';

export type FoundCodes = {
  readonly codes: readonly string[];
  /** Problems whose code cannot be read from the source, and ways around the search, by file and line. */
  readonly unreadable: readonly string[];
};

const PROBLEM = { status: ts.TypeFlags.NumberLike, code: ts.TypeFlags.StringLike, detail: ts.TypeFlags.StringLike };

/**
 * Finds every problem code in these sources by asking the compiler which object literals could be a problem: one is made
 * in no other way, so that none is missed whatever the helper is called that it passes through.
 */
export function findProblemCodes(root: string, patterns: readonly string[]): FoundCodes {
  const files = globSync([...patterns], { cwd: root, exclude: ['**/*.spec.ts', '**/testing/**'] });
  const program = ts.createProgram(
    files.map((file) => join(root, file)),
    optionsOf(root),
  );
  const checker = program.getTypeChecker();
  const codes = new Set<string>();
  const unreadable: string[] = [];
  for (const file of files) {
    const source = program.getSourceFile(join(root, file));
    if (source === undefined) throw new Error(`${file} has not been read.`);
    for (const node of problemsIn(source, checker)) {
      const texts = ts.isObjectLiteralExpression(node) ? codeOf(node, checker) : undefined;
      const line = source.getLineAndCharacterOfPosition(node.getStart()).line + 1;
      if (texts === undefined) unreadable.push(`${relative(root, source.fileName)}:${line}`);
      for (const text of texts ?? []) codes.add(text);
    }
  }
  return { codes: [...codes].toSorted(), unreadable };
}

function optionsOf(root: string): ts.CompilerOptions {
  const { config } = ts.readConfigFile(join(root, 'tsconfig.base.json'), ts.sys.readFile);
  return { ...ts.convertCompilerOptionsFromJson(config.compilerOptions, root).options, types: ['node'] };
}

/** The literals and classes that make problems, and the assertions that would claim to. */
function problemsIn(node: ts.Node, checker: ts.TypeChecker): ts.Node[] {
  const makes = ts.isObjectLiteralExpression(node) || ts.isClassDeclaration(node) || isAssertion(node);
  const found = makes && isProblem(checker.getTypeAtLocation(node), checker) ? [node] : [];
  ts.forEachChild(node, (child) => void found.push(...problemsIn(child, checker)));
  return found;
}

function isAssertion(node: ts.Node): boolean {
  return ts.isAsExpression(node) && !ts.isConstTypeReference(node.type);
}

function isProblem(type: ts.Type, checker: ts.TypeChecker): boolean {
  return Object.entries(PROBLEM).every(([name, flag]) => {
    const property = type.getProperty(name);
    const types = property === undefined ? [] : [checker.getTypeOfSymbol(property)].flatMap(partsOf);
    return types.length > 0 && types.every((each) => (each.flags & flag) !== 0);
  });
}

/** The texts that the code of this literal can be; undefined when it can be any. */
function codeOf(literal: ts.ObjectLiteralExpression, checker: ts.TypeChecker): readonly string[] | undefined {
  const property = literal.properties.find((each) => each.name?.getText() === 'code');
  const value = property !== undefined && ts.isPropertyAssignment(property) ? property.initializer : property?.name;
  // A problem that is handed on was found where it was made.
  const from = literal.properties.filter(ts.isSpreadAssignment).map(({ expression }) => expression);
  if (value !== undefined && ts.isPropertyAccessExpression(value)) from.push(value.expression);
  if (from.some((each) => isProblem(checker.getTypeAtLocation(each), checker))) return [];
  const types = value === undefined ? [] : partsOf(typeOf(value, checker));
  const texts = types.flatMap((type) => (type.isStringLiteral() ? [type.value] : []));
  return texts.length > 0 && texts.length === types.length ? texts : undefined;
}

function typeOf(value: ts.Node, checker: ts.TypeChecker): ts.Type {
  const shorthand = checker.getShorthandAssignmentValueSymbol(value.parent);
  return shorthand === undefined ? checker.getTypeAtLocation(value) : checker.getTypeOfSymbol(shorthand);
}

function partsOf(type: ts.Type): readonly ts.Type[] {
  return type.isUnion() ? type.types : [type];
}
