export { readinessCheckContract, type ReadinessCheckUnderTest } from './readiness-check.contract.ts';
export { TEST_TOKEN, testServerParts, withToken } from './test-server-parts.ts';
