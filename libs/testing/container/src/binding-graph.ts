import type { ServiceIdentifier } from '@inversifyjs/common';
import type { BindingService } from '@inversifyjs/core';
import { Plugin, type PluginApi, type PluginContext } from '@inversifyjs/plugin';
import { type Container, LazyServiceIdentifier } from 'inversify';

type Bound = NonNullable<ReturnType<BindingService['get']>> extends Iterable<infer B> ? B : never;

/** What a binding asks the container for. `parameter` is the name under which its factory takes it, where that can be told. */
export type Dependency = {
  readonly token: ServiceIdentifier;
  readonly many: boolean;
  readonly optional: boolean;
  readonly parameter: string | undefined;
};

/** One binding, as the container knows it before anything is built. */
export type BindingNode = {
  readonly token: ServiceIdentifier;
  readonly name: string;
  /** An alias has no instance of its own: it lives as long as what it points to. */
  readonly scope: 'Singleton' | 'Request' | 'Transient' | 'Alias';
  /** Whether the dependencies can be told without running the binding; a factory that looks things up itself cannot. */
  readonly transparent: boolean;
  /** Whether the instance was made outside the container and handed to it. */
  readonly constant: boolean;
  readonly dependencies: readonly Dependency[];
};

/** The bindings of a container as they are now. Nothing is resolved by looking. */
export type BindingTable = {
  /** Whatever something is bound to, in the order of registration. */
  tokens(): readonly ServiceIdentifier[];
  /** Every binding, in the order of registration. */
  nodes(): BindingNode[];
  of(token: ServiceIdentifier): readonly Bound[];
};

/** The only way in that the library offers. */
class Reader extends Plugin<Container> {
  static readonly read = new WeakMap<Container, BindingService>();

  constructor(owner: Container, context: PluginContext) {
    super(owner, context);
    Reader.read.set(owner, context.bindingService);
  }

  load(_api: PluginApi): void {}
}

export function bindingTable(container: Container): BindingTable {
  container.register(Reader);
  const table = Reader.read.get(container);
  if (table === undefined) throw new Error('The container did not hand its bindings to the plugin.');

  const of = (token: ServiceIdentifier): readonly Bound[] => [...(table.get(token) ?? [])];
  const tokens = (): readonly ServiceIdentifier[] => [...table.getBoundServices()];
  return { tokens, of, nodes: () => tokens().flatMap((token) => of(token).map(nodeOf)) };
}

/** Every binding of a container, in the order of registration. */
export function bindingGraph(container: Container): BindingNode[] {
  return bindingTable(container).nodes();
}

export function nameOf(token: ServiceIdentifier): string {
  return typeof token === 'function' ? token.name : String(token);
}

function nodeOf(binding: Bound): BindingNode {
  const token = binding.serviceIdentifier;
  const node = { token, name: nameOf(token), transparent: true, constant: false };
  switch (binding.type) {
    case 'ConstantValue':
      return { ...node, scope: 'Singleton', constant: true, dependencies: [] };
    case 'ServiceRedirection':
      return { ...node, scope: 'Alias', dependencies: [single(binding.targetServiceIdentifier)] };
    case 'ResolvedValue': {
      let parameters: readonly (string | undefined)[] | undefined;
      const dependencies = binding.metadata.arguments.map(({ value, kind, optional }, index) => ({
        token: LazyServiceIdentifier.is(value) ? value.unwrap() : value,
        many: (kind as number) === MULTIPLE_INJECTION,
        optional,
        // Read from the source of the factory, which takes longer than all the rest, and seldom asked for.
        get parameter() {
          return (parameters ??= parameterNames(binding.factory))[index];
        },
      }));
      return { ...node, scope: binding.scope, dependencies };
    }
    default:
      return { ...node, scope: 'scope' in binding ? binding.scope : 'Transient', transparent: false, dependencies: [] };
  }
}

/** `ResolvedValueElementMetadataKind.multipleInjection`, which the library does not export. */
const MULTIPLE_INJECTION = 0;

function single(token: ServiceIdentifier): Dependency {
  return { token, many: false, optional: false, parameter: undefined };
}

/** The parameter names of an arrow function, as its source spells them; a destructured one has none. */
function parameterNames(factory: (...args: never[]) => unknown): readonly (string | undefined)[] {
  const source = factory.toString();
  const list = /^(?:async\s*)?\(([^)]*)\)\s*=>/.exec(source)?.[1] ?? /^(?:async\s+)?(\w+)\s*=>/.exec(source)?.[1] ?? '';
  return list.split(',').map((parameter) => /^\s*(\w+)\s*$/.exec(parameter)?.[1]);
}
