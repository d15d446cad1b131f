export { bindingGraph, type BindingNode, type Dependency } from './binding-graph.ts';
export { ContainerTest } from './container-test.ts';
export { proveComposition, type CompositionFault } from './prove-composition.ts';
export { TestContainer } from './test-container.ts';
