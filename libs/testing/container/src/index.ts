export { bindingGraph, type BindingNode, type Dependency } from './binding-graph.ts';
export type { CallOutcome, LoggedCall } from './call-log.ts';
export { ContainerTest } from './container-test.ts';
export type { Rebinding } from './overrides.ts';
export {
  currentCall,
  intercepted,
  notIntercepted,
  onCallsOfNobody,
  type Interception,
  type Interceptor,
  type PortCall,
} from './port-call.ts';
export { PortWrapper } from './port-wrapper.ts';
export { proveComposition, type CompositionFault } from './prove-composition.ts';
export { Script } from './script.ts';
export type { MethodOf } from './scripts.ts';
export { signalIn, untilAborted } from './signal-in.ts';
export { TestContainer, type TestContainerOptions } from './test-container.ts';
export { TestContainerPart } from './test-container-part.ts';
