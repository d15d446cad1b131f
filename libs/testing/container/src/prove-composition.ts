import type { ServiceIdentifier } from '@inversifyjs/common';
import type { Container } from 'inversify';
import { bindingGraph, nameOf, type BindingNode, type Dependency } from './binding-graph.ts';

/** Something wrong with how an application is put together, as a sentence that says what to do. */
export type CompositionFault = {
  readonly kind: 'Missing' | 'Ambiguous' | 'Cyclic' | 'Captive' | 'Unreachable' | 'Opaque' | 'Misnamed' | 'Broken';
  readonly detail: string;
};

const LIFETIME = { Singleton: 2, Request: 1, Transient: 0 };

/**
 * Looks for every fault of a composition root: a dependency nobody provides or several do, a circle, a longer-lived
 * object that holds a shorter-lived one, a binding nothing in `roots` leads to, a binding whose dependencies cannot be
 * seen, a factory parameter named unlike what it is given (two ports of one shape, swapped, compile), and a binding that
 * throws when it is built. Returns all of them; an empty list is the proof.
 *
 * `roots` are the tokens the application itself asks the container for.
 */
export async function proveComposition(
  container: Container,
  roots: readonly ServiceIdentifier[],
): Promise<CompositionFault[]> {
  const nodes = bindingGraph(container);
  const byToken = Map.groupBy(nodes, ({ token }) => token);
  const faults = [
    ...roots.filter((root) => !byToken.has(root)).map((root) => missing(nameOf(root), 'the application itself')),
    ...nodes.flatMap((node) => faultsOf(node, byToken)),
    ...cycles(nodes, byToken),
    ...unreachable(nodes, byToken, roots),
  ];
  return faults.length > 0 ? faults : broken(container, byToken);
}

function faultsOf(
  node: BindingNode,
  byToken: ReadonlyMap<ServiceIdentifier, readonly BindingNode[]>,
): CompositionFault[] {
  if (!node.transparent) {
    return [
      {
        kind: 'Opaque',
        detail: `${node.name} is built by a function that looks things up itself; bind it with toResolvedValue and name its dependencies.`,
      },
    ];
  }
  return node.dependencies.flatMap((dependency) => {
    const providers = byToken.get(dependency.token) ?? [];
    const wanted = nameOf(dependency.token);
    const faults: CompositionFault[] = [];
    if (providers.length === 0 && !dependency.optional && !dependency.many) faults.push(missing(wanted, node.name));
    if (providers.length > 1 && !dependency.many) {
      faults.push({
        kind: 'Ambiguous',
        detail: `${node.name} needs one ${wanted}, but ${providers.length} are bound; keep one, or inject all of them.`,
      });
    }
    for (const provider of providers.filter((candidate) => outlives(node, candidate))) {
      faults.push({
        kind: 'Captive',
        detail: `${node.name} (${node.scope}) would hold on to a ${wanted} (${provider.scope}); give both the same scope, or inject a factory.`,
      });
    }
    if (
      isMisnamed(
        dependency,
        wanted,
        node.dependencies.map((one) => nameOf(one.token)),
      )
    ) {
      faults.push({
        kind: 'Misnamed',
        detail: `${node.name} takes a ${wanted} as "${dependency.parameter}"; are two dependencies swapped? Name the parameter after its port.`,
      });
    }
    return faults;
  });
}

function outlives(holder: BindingNode, held: BindingNode): boolean {
  return holder.scope !== 'Alias' && held.scope !== 'Alias' && LIFETIME[held.scope] < LIFETIME[holder.scope];
}

/**
 * A parameter is named well when it is the token's name, or a beginning or end of it that fits none of the consumer's other
 * dependencies; a list may add an `s`.
 */
function isMisnamed({ parameter, many }: Dependency, token: string, siblings: readonly string[]): boolean {
  if (parameter === undefined) return false;
  const name = many && parameter.endsWith('s') ? parameter.slice(0, -1) : parameter;
  const fits = (candidate: string): boolean => {
    const [wanted, given] = [candidate.toLowerCase(), name.toLowerCase()];
    return wanted.startsWith(given) || wanted.endsWith(given);
  };
  if (!fits(token)) return parameter.toLowerCase() !== token.toLowerCase();
  return siblings.filter(fits).length > 1 && name.toLowerCase() !== token.toLowerCase();
}

function missing(token: string, consumer: string): CompositionFault {
  return {
    kind: 'Missing',
    detail: `${consumer} needs ${token}, which nothing provides; load the module that binds it.`,
  };
}

function cycles(
  nodes: readonly BindingNode[],
  byToken: ReadonlyMap<ServiceIdentifier, readonly BindingNode[]>,
): CompositionFault[] {
  const done = new Set<BindingNode>();
  const found = new Map<string, CompositionFault>();
  const visit = (node: BindingNode, path: readonly BindingNode[]): void => {
    const start = path.indexOf(node);
    if (start >= 0) {
      const circle = path.slice(start).map(({ name }) => name);
      const key = circle.toSorted().join();
      found.set(key, {
        kind: 'Cyclic',
        detail: `${[...circle, node.name].join(' -> ')} is a circle; let one of them take what it needs as an argument.`,
      });
      return;
    }
    if (done.has(node)) return;
    for (const { token } of node.dependencies) {
      for (const provider of byToken.get(token) ?? []) visit(provider, [...path, node]);
    }
    done.add(node);
  };
  for (const node of nodes) visit(node, []);
  return [...found.values()];
}

function unreachable(
  nodes: readonly BindingNode[],
  byToken: ReadonlyMap<ServiceIdentifier, readonly BindingNode[]>,
  roots: readonly ServiceIdentifier[],
): CompositionFault[] {
  const reached = new Set<BindingNode>();
  const waiting = roots.flatMap((root) => byToken.get(root) ?? []);
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    if (reached.has(node)) continue;
    reached.add(node);
    waiting.push(...node.dependencies.flatMap(({ token }) => byToken.get(token) ?? []));
  }
  return nodes
    .filter((node) => !reached.has(node))
    .map(({ name }) => ({
      kind: 'Unreachable',
      detail: `${name} is bound, but nothing the application asks for leads to it; remove the binding or add the root.`,
    }));
}

async function broken(
  container: Container,
  byToken: ReadonlyMap<ServiceIdentifier, readonly BindingNode[]>,
): Promise<CompositionFault[]> {
  const faults: CompositionFault[] = [];
  for (const token of byToken.keys()) {
    await container.getAllAsync(token).catch((error: unknown) => {
      faults.push({ kind: 'Broken', detail: `${nameOf(token)} cannot be built: ${String(error)}` });
    });
  }
  return faults;
}
