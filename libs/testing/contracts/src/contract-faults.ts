import type ts from 'typescript';
import { findClasses, isExported, type Classes } from './classes.ts';
import { SourceTree, type Sources } from './source-tree.ts';
import { findRegistrations, findSuites, type Registration, type Suite } from './suites.ts';

/** A class that breaks a rule, the end of the path of its file, and why that is right. */
export type WithoutContract = { readonly name: string; readonly file: string; readonly because: string };

export type ContractFault = { readonly path: string; readonly line: number; readonly problem: string };

export type ContractRules = {
  readonly except?: readonly WithoutContract[];
  /** The files that a runner loads by itself; those that end in `.spec.ts` or `.system.ts` when it is not given. */
  readonly isSpec?: (path: string) => boolean;
};

type Found = Classes & {
  readonly suites: readonly Suite[];
  readonly registrations: readonly Registration[];
  readonly isSpec: (path: string) => boolean;
};

type Fault = { readonly path: string; readonly node: ts.Node; readonly problem: string };

/**
 * Reads from the source whether each port has one suite, and each adapter is held to it:
 *
 * - A port (an exported abstract class of which nothing is implemented) has one `contract`, with tests in it. One without
 *   members of its own, such as `class DevicesTransaction extends Transaction<DevicesStores> {}`, may leave that to the port
 *   above it.
 * - Every class that implements or extends it is held to that with `holdsFor`, in a file that runs.
 * - A port of several methods has a mock adapter, in a folder named `testing`. For a single method a literal in the spec that
 *   needs it is enough: there is no state between its methods to get wrong.
 * - No suite and no exception is left over.
 *
 * The calls have to name suite, port and adapter by identifiers that lead to their declarations. Whether an adapter can
 * stand where its port is asked for is left to the compiler.
 */
export function contractFaults(sources: Sources, rules: ContractRules = {}): readonly ContractFault[] {
  const { except = [], isSpec = (path) => /\.(spec|system)\.ts$/.test(path) } = rules;
  const tree = new SourceTree(sources);
  const found = {
    ...findClasses(tree, isSpec),
    suites: findSuites(tree),
    registrations: findRegistrations(tree),
    isSpec,
  };
  const faults = [portFaults, adapterFaults, suiteFaults, registrationFaults].flatMap((rule) => [...rule(found)]);

  const classes = [...found.ports, ...found.adapters];
  const isAbout = ({ name, file }: WithoutContract, { node }: Fault): boolean =>
    classes.some((one) => one.node === node && one.node.name?.text === name && one.path.endsWith(`/${file}`));
  const kept = faults.filter((fault) => !except.some((exception) => isAbout(exception, fault)));
  const leftOver = except.filter((exception) => !faults.some((fault) => isAbout(exception, fault)));
  return [
    ...kept.map(({ path, node, problem }) => ({ path, line: lineOf(node), problem })),
    ...leftOver.map(({ name, file }) => ({ path: file, line: 1, problem: `${name} needs no exception. Delete it.` })),
  ];
}

function* portFaults({ ports, adapters, suites }: Found): Iterable<Fault> {
  for (const { path, node, methods, isKindOfOther } of ports) {
    const name = nameOf(node);
    const [suite, second] = suites.filter((one) => one.port?.node === node);
    if (second) {
      const problem = `${second.name} is the second suite of ${name}. Make it one with ${suite?.name}.`;
      yield { path: second.path, node: second.node, problem };
    }
    if (!suite && !isKindOfOther) {
      const example = `export const ${lowerFirst(name)}Contract = contract(${name}, (open: () => ${name}) => { it(...) })`;
      yield { path, node, problem: `The port ${name} has no suite. Say what it promises: ${example}.` };
    }
    if (suite && methods > 1 && !adapters.some((one) => one.isMock && one.ports.has(node))) {
      const problem = `The port ${name} has ${methods} methods and no mock adapter. Write one in a folder named testing.`;
      yield { path, node, problem };
    }
  }
}

function* adapterFaults({ adapters, suites, registrations, isSpec }: Found): Iterable<Fault> {
  for (const { path, node, ports } of adapters) {
    const held = registrations.filter((one) => one.adapter?.node === node && isSpec(one.path));
    for (const suite of suites.filter((one) => one.port && ports.has(one.port.node))) {
      if (held.some((one) => one.suite === suite.node)) continue;
      const call = `${isExported(node) ? '' : 'Export it. '}Call ${suite.name}.holdsFor(${nameOf(node)}, ...) in its spec.`;
      yield { path, node, problem: `${nameOf(node)} is not held to the suite of its port. ${call}` };
    }
  }
}

function* suiteFaults({ ports, suites, registrations }: Found): Iterable<Fault> {
  for (const { path, node, name, port, hasTests } of suites) {
    if (!ports.some((one) => one.node === port?.node)) {
      const advice = 'Name an exported abstract class of which nothing is implemented.';
      yield { path, node, problem: `The first argument of ${name} is no port. ${advice}` };
    }
    if (!hasTests) yield { path, node, problem: `${name} has no test. Say in an \`it\` what its port promises.` };
    if (!registrations.some((one) => one.suite === node)) {
      yield { path, node, problem: `No adapter is held to ${name}. Call its holdsFor in a spec, or delete it.` };
    }
  }
}

function* registrationFaults({ suites, registrations, isSpec }: Found): Iterable<Fault> {
  for (const { path, node, suite, adapter } of registrations) {
    if (!suites.some((one) => one.node === suite)) continue;
    const call = node.expression.getText();
    if (!isSpec(path)) yield { path, node, problem: `Nothing runs this ${call}. Call it in a spec (*.spec.ts).` };
    if (!adapter) yield { path, node, problem: `Give ${call} an adapter by the name of its class.` };
  }
}

function lineOf(node: ts.Node): number {
  return node.getSourceFile().getLineAndCharacterOfPosition(node.getStart()).line + 1;
}

function nameOf({ name }: ts.ClassDeclaration): string {
  return name?.text ?? 'a class without a name';
}

function lowerFirst(name: string): string {
  return name.slice(0, 1).toLowerCase() + name.slice(1);
}
