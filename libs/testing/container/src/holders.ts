import type { ServiceIdentifier } from 'inversify';
import type { BindingNode } from './binding-graph.ts';

/**
 * Who has been given what is bound to `port`, or will be by what is being built, as far as the bindings tell: `Repository`,
 * or `Repository (in Service)` where it was built for another that was asked for. An alias holds nothing; who depends on
 * the alias does.
 */
export function holdersOf(
  port: ServiceIdentifier,
  { nodes, asked }: { readonly nodes: readonly BindingNode[]; readonly asked: Iterable<ServiceIdentifier> },
): readonly string[] {
  const byToken = Map.groupBy(nodes, ({ token }) => token);
  const names = namesOf(port, nodes);
  const holders = new Map<BindingNode, string>();
  const seen = new Set<BindingNode>();
  const visit = (node: BindingNode, root: string): void => {
    if (seen.has(node)) return;
    seen.add(node);
    if (node.scope !== 'Alias' && node.dependencies.some(({ token }) => names.has(token))) {
      holders.set(node, node.name === root ? root : `${node.name} (in ${root})`);
    }
    for (const { token } of node.dependencies) for (const next of byToken.get(token) ?? []) visit(next, root);
  };
  for (const token of asked) for (const node of byToken.get(token) ?? []) visit(node, node.name);
  return [...holders.values()];
}

/** The port and every alias that leads to it. */
export function namesOf(port: ServiceIdentifier, nodes: readonly BindingNode[]): ReadonlySet<ServiceIdentifier> {
  const names = new Set([port]);
  const aliases = nodes.filter(({ scope }) => scope === 'Alias');
  // A set that is walked through gives what is added meanwhile as well.
  for (const name of names) {
    for (const { token, dependencies } of aliases) if (dependencies.some((one) => one.token === name)) names.add(token);
  }
  return names;
}
