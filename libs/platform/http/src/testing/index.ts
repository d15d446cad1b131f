export { EventClient, type EventClientOptions } from './event-client.ts';
export { readinessCheckContract, type ReadinessCheckUnderTest } from './readiness-check.contract.ts';
export { TEST_TOKEN, testServerParts, withToken } from './test-server-parts.ts';
